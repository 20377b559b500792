package dev.artemis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.shared.Language;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One program of {@code resources/hostile}, with what its head says must become of it.
 *
 * @param expected endings that are honest, such as {@code KILLED CPU_TIME}
 * @param says what standard output must contain
 * @param within after which it must be over
 * @param expectedWithoutCgroups the same where no cgroup holds the run
 */
public record HostileProgram(
        String name,
        SandboxSpec spec,
        Set<String> expected,
        Optional<String> says,
        Duration within,
        Set<String> expectedWithoutCgroups) {

    private static final long MIB = 1024L * 1024;

    /** So many times the cap of a stream. */
    private static final long OUTPUT_THAT_KILLS = 64;

    /** All, by name. */
    public static List<HostileProgram> all() {
        URL folder = Objects.requireNonNull(HostileProgram.class.getResource("/hostile/README.md"));
        try (Stream<Path> files =
                Files.list(Objects.requireNonNull(Path.of(folder.toURI()).getParent()))) {
            List<HostileProgram> programs = new ArrayList<>();
            for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
                if (!file.toString().endsWith(".md")) {
                    programs.add(read(file));
                }
            }
            return programs;
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("hostile programs cannot be read", e);
        }
    }

    private static HostileProgram read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        String code = Files.readString(file);
        Map<String, String> head = new HashMap<>();
        code.lines()
                .filter(line -> line.startsWith("# "))
                .map(line -> line.substring(2).split(": ", 2))
                .forEach(field -> {
                    if (field.length == 2) {
                        head.put(field[0], field[1]);
                    }
                });
        String expected = Objects.requireNonNull(head.get("expect"), name + " expects nothing");
        Language language = name.endsWith(".py") ? Language.PYTHON : Language.SHELL;
        SandboxSpec spec = SandboxSpec.of(language, code).withLimits(limits(head.getOrDefault("limits", "")));
        return new HostileProgram(
                name,
                spec,
                Set.of(expected.split(" or ")),
                Optional.ofNullable(head.get("says")),
                Duration.ofSeconds(Long.parseLong(head.getOrDefault("within", "10"))),
                Set.of(head.getOrDefault("without-cgroups", expected).split(" or ")));
    }

    /** The tests' defaults: small, so that a program that is not held is noticed soon. */
    private static Limits limits(String text) {
        Map<String, Long> said = new HashMap<>(Map.of(
                "cpu",
                1L,
                "memory_mb",
                256L,
                "cpu_seconds",
                10L,
                "timeout_seconds",
                15L,
                "file_size_mb",
                64L,
                "disk_mb",
                64L,
                "processes",
                64L,
                "open_files",
                128L,
                "output_bytes",
                1L << 20));
        Arrays.stream(text.split(" "))
                .filter(word -> !word.isEmpty())
                .map(word -> word.split("=", 2))
                .forEach(limit -> {
                    if (said.put(limit[0], Long.valueOf(limit[1])) == null) {
                        throw new IllegalArgumentException("unknown limit " + limit[0]);
                    }
                });
        return new Limits(
                Math.toIntExact(said.getOrDefault("cpu", 0L) * 1_000),
                said.getOrDefault("memory_mb", 0L) * MIB,
                Duration.ofSeconds(said.getOrDefault("cpu_seconds", 0L)),
                Duration.ofSeconds(said.getOrDefault("timeout_seconds", 0L)),
                said.getOrDefault("file_size_mb", 0L) * MIB,
                said.getOrDefault("disk_mb", 0L) * MIB,
                Math.toIntExact(said.getOrDefault("processes", 0L)),
                Math.toIntExact(said.getOrDefault("open_files", 0L)),
                said.getOrDefault("output_bytes", 0L));
    }

    /**
     * What must be seen of it, whichever sandbox ran it.
     *
     * @param endings that are honest there
     * @param out kept of standard output
     * @param err kept of standard error
     */
    public void seen(Set<String> endings, Result result, byte[] out, byte[] err) {
        String told = "%s%n%s%n%s".formatted(result, tail(out), tail(err));
        assertThat(endings).as(told).contains(ending(result));
        assertThat(new String(out, StandardCharsets.UTF_8)).as(told).contains(says.orElse(""));
        assertThat(result.usage().executionTime()).as(told).isLessThan(within);
        // not that it is below the limit: the runner says no more than that
        assertThat(result.usage().maxMemoryBytes()).as(told).isPositive();
        assertThat(Duration.between(result.startedAt(), result.finishedAt()))
                .as(told)
                .isGreaterThanOrEqualTo(Duration.ZERO);
        switch (result.ending()) {
            case Ending.Killed(KillReason reason) -> usedBesideAllowed(reason, result, told);
            case Ending.Exited _, Ending.Signalled _ ->
                assertThat(result.usage().maxFileBytes()).as(told).isNotNull();
        }
        kept(result.stdout(), out, told);
        kept(result.stderr(), err, told);
        switch (name) {
            case "bytes.py" -> bytesUnchanged(out, err);
            case "memory-many.py", "memory-undumpable.py", "memory-child-then-fails.py", "memory-child.sh" ->
                someWereKilled(result, told);
            case "output-line.py" -> firstAndLastOfTheLine(result.stdout(), out);
            default -> {
                if (name.startsWith("forged-memory-")) {
                    someWereKilled(result, told);
                }
            }
        }
    }

    /** Where kills for memory can be counted, and the run was not one of them. */
    private static void someWereKilled(Result result, String told) {
        if (!(result.ending() instanceof Ending.Killed) && result.usage().memoryKills() != null) {
            assertThat(result.usage().memoryKills()).as(told).isPositive();
        }
    }

    /** Whoever is told that a limit was met can see that it was. */
    private void usedBesideAllowed(KillReason reason, Result result, String told) {
        Limits limits = spec.limits();
        Usage usage = result.usage();
        switch (reason) {
            case WALL_TIMEOUT ->
                assertThat(usage.executionTime()).as(told).isGreaterThanOrEqualTo(limits.wallTimeout());
            case CPU_TIME ->
                assertThat(usage.cpuTime().multipliedBy(10))
                        .as(told)
                        .isGreaterThanOrEqualTo(limits.cpuTime().multipliedBy(9));
            case PROCESS_LIMIT -> assertThat(usage.maxProcesses()).as(told).isGreaterThanOrEqualTo(limits.processes());
            case DISK_LIMIT -> {
                assertThat(usage.maxDiskBytes()).as(told).isNotNull();
                assertThat(usage.maxInodes()).as(told).isNotNull();
                if (name.contains("inode")) {
                    assertThat(usage.maxInodes()).as(told).isGreaterThanOrEqualTo(limits.inodes());
                } else {
                    assertThat(usage.maxDiskBytes()).as(told).isGreaterThanOrEqualTo(limits.diskBytes() / 10 * 9);
                }
            }
            case FILE_SIZE -> assertThat(usage.maxFileBytes()).as(told).isEqualTo(limits.fileSizeBytes());
            case OUT_OF_MEMORY ->
                assertThat(usage.maxMemoryBytes()).as(told).isGreaterThanOrEqualTo(limits.memoryBytes() / 10 * 9);
            case OUTPUT_LIMIT ->
                assertThat(Math.max(
                                result.stdout().totalBytes(), result.stderr().totalBytes()))
                        .as(told)
                        .isGreaterThan(limits.outputBytes() * OUTPUT_THAT_KILLS);
            case CANCELLED -> {}
        }
    }

    private void kept(Captured stream, byte[] bytes, String told) {
        assertThat(stream.keptBytes())
                .as(told)
                .isLessThanOrEqualTo(spec.limits().outputBytes());
        assertThat(stream.keptBytes()).as(told).isEqualTo(bytes.length);
    }

    private static void bytesUnchanged(byte[] out, byte[] err) {
        var expected = new ByteArrayOutputStream();
        IntStream.range(0, 256).forEach(expected::write);
        expected.writeBytes("\u001b[2J\u001b]0;title\u0007\u202e".getBytes(StandardCharsets.UTF_8));
        expected.writeBytes(new byte[] {(byte) 0xe2, (byte) 0x82});
        expected.writeBytes("<script>alert(1)</script>\r\n\0".getBytes(StandardCharsets.UTF_8));
        assertThat(out).isEqualTo(expected.toByteArray());
        var downwards = new ByteArrayOutputStream();
        IntStream.range(0, 256).forEach(i -> downwards.write(255 - i));
        assertThat(err).isEqualTo(downwards.toByteArray());
    }

    private void firstAndLastOfTheLine(Captured stream, byte[] out) {
        long cap = spec.limits().outputBytes();
        assertThat(stream.totalBytes()).isEqualTo(100_000_002);
        assertThat(stream.droppedBytes()).isEqualTo(100_000_002 - cap);
        assertThat(new String(out, StandardCharsets.ISO_8859_1))
                .isEqualTo("<" + "x".repeat(Math.toIntExact(cap) - 2) + ">");
    }

    private static String tail(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.substring(Math.max(0, text.length() - 500));
    }

    /** The same where it is honest that it ends in another way, before it could say anything. */
    public HostileProgram endingInstead(String ending) {
        return new HostileProgram(name, spec, Set.of(ending), Optional.empty(), within, Set.of(ending));
    }

    /** The one of that name. */
    public static HostileProgram named(String name) {
        return all().stream()
                .filter(program -> program.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** A result's ending in the words of {@link #expected}. */
    public static String ending(Result result) {
        return switch (result.ending()) {
            case Ending.Exited(var code) -> "EXITED " + code;
            case Ending.Signalled signalled -> "SIGNALLED " + signalled.name();
            case Ending.Killed(var reason) -> "KILLED " + reason;
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
