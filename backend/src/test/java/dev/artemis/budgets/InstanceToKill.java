package dev.artemis.budgets;

import dev.artemis.ArtemisApplication;
import dev.artemis.OnDatabase;
import dev.artemis.db.Database;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.springframework.boot.SpringApplication;
import org.springframework.util.FileSystemUtils;

/**
 * A whole server in a process of its own that spends until it is killed. It prints what it was answered, so whatever was
 * printed must be in the ledger.
 */
final class InstanceToKill {

    /** So many answers, and it is in the middle of its work. */
    static final int MIDDLE = 60;

    private static final int THREADS = 6;

    private InstanceToKill() {}

    public static void main(String[] arguments) {
        var application = new SpringApplication(ArtemisApplication.class);
        application.setLogStartupInfo(false);
        var server = application.run(
                "--artemis.database.url=" + arguments[0],
                "--artemis.home=" + arguments[1],
                "--artemis.roles=api",
                "--artemis.admin.key=" + OnDatabase.ADMIN_KEY,
                "--artemis.admin.password=instance-to-kill",
                "--server.port=0");
        var purse = new RandomSpender.Purse(
                TenantId.parse(arguments[2]), ids(arguments[3], ProjectId::parse), ids(arguments[4], KeyId::parse));
        var budgets = server.getBean(Budgets.class);
        var correctEntries = server.getBean(CorrectEntries.class);
        for (int n = 0; n < THREADS; n++) {
            var spender = new RandomSpender(budgets, correctEntries, purse, new Random(100 + n), new Printing());
            Thread.ofVirtual().start(() -> {
                while (true) {
                    spender.operate();
                }
            });
        }
        say("ready");
    }

    private static void say(String line) {
        // one call a line: lines of two threads do not mix, and what was said is out before the process can die
        System.out.write((line + "\n").getBytes(StandardCharsets.UTF_8), 0, line.length() + 1);
        System.out.flush();
    }

    private static <T> List<T> ids(String text, Function<String, T> parse) {
        return Arrays.stream(text.split(",")).map(parse).toList();
    }

    private static final class Printing implements RandomSpender.Listener {
        @Override
        public void tracked(String entry) {
            say("tracked " + entry);
        }

        @Override
        public void charged(String key, String entry) {
            say("charged " + key + " " + entry);
        }

        @Override
        public void refused() {
            say("refused");
        }
    }

    /** Starts it and waits until it works. */
    static Running start(Database database, RandomSpender.Purse purse, RandomSpender.Listener listener)
            throws IOException, InterruptedException {
        String url = database.owner()
                .url()
                .replace(
                        "jdbc:postgresql://",
                        "postgresql://%s:%s@"
                                .formatted(
                                        database.owner().username(),
                                        database.owner().password()));
        Path home = Files.createTempDirectory("artemis-instance-to-kill");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        InstanceToKill.class.getName(),
                        url,
                        home.toString(),
                        purse.tenant().toString(),
                        joined(purse.projects()),
                        joined(purse.keys()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var running = new Running(process, home, listener);
        running.ready.await();
        return running;
    }

    private static String joined(List<?> ids) {
        return ids.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    /** The process, and what it said. */
    static final class Running implements AutoCloseable {
        private final Process process;
        private final Path home;
        private final Thread reader;
        private final AtomicInteger lines = new AtomicInteger();
        private final CountDownLatch ready = new CountDownLatch(1);
        private final CountDownLatch middle = new CountDownLatch(MIDDLE);

        private Running(Process process, Path home, RandomSpender.Listener listener) {
            this.process = process;
            this.home = home;
            this.reader = Thread.ofVirtual().start(() -> read(listener));
        }

        private void read(RandomSpender.Listener listener) {
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    String[] words = line.split(" ");
                    switch (words[0]) {
                        case "ready" -> ready.countDown();
                        case "tracked" ->
                            listener.tracked(UUID.fromString(words[1]).toString());
                        case "charged" -> listener.charged(words[1], words[2]);
                        case "refused" -> listener.refused();
                        default -> {}
                    }
                    lines.incrementAndGet();
                    middle.countDown();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                // one that ended too early is found by the number of its lines, not by waiting for ever
                ready.countDown();
                LongStream.range(0, middle.getCount()).forEach(left -> middle.countDown());
            }
        }

        /** Waits until it is in the middle of its work, kills it with -9, and hears the rest of what it said. */
        void killInTheMiddle() throws InterruptedException {
            middle.await();
            process.destroyForcibly().waitFor();
            reader.join();
        }

        int heardLines() {
            return lines.get();
        }

        @Override
        public void close() throws IOException {
            process.destroyForcibly();
            FileSystemUtils.deleteRecursively(home);
        }
    }
}
