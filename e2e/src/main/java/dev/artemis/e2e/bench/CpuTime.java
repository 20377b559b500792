package dev.artemis.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * CPU time by the names of this machine's processes, in clock ticks of 10 ms: says where a phase's work was done. What children
 * used that have ended counts as their parents'.
 */
record CpuTime(Map<String, Long> ticks) {

    private static final int TICK_MS = 10;
    private static final int SHOWN = 9;
    private static final String OURS = "this client";

    static CpuTime now() {
        Map<String, Long> ticks = new HashMap<>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path process : all.filter(CpuTime::isProcess).toList()) {
                add(process, ticks);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CpuTime(ticks);
    }

    /** Milliseconds for each of so many since then, by name, the most first. */
    String each(CpuTime since, int many) {
        return ticks.entrySet().stream()
                .map(one ->
                        Map.entry(one.getKey(), one.getValue() - since.ticks().getOrDefault(one.getKey(), 0L)))
                .sorted(Comparator.comparing(Map.Entry::getValue, Comparator.reverseOrder()))
                .limit(SHOWN)
                .filter(one -> one.getValue() > 0)
                .map(one -> "%s %.0f".formatted(one.getKey(), (double) one.getValue() * TICK_MS / many))
                .collect(Collectors.joining(", "));
    }

    private static boolean isProcess(Path path) {
        return Character.isDigit(path.getFileName().toString().charAt(0));
    }

    /** Columns 14 to 17 of a process's stat; its name stands in brackets and may hold anything. */
    private static void add(Path process, Map<String, Long> ticks) throws IOException {
        try {
            String stat = Files.readString(process.resolve("stat"));
            int end = stat.lastIndexOf(')');
            List<String> columns = List.of(stat.substring(end + 2).split(" ", -1));
            boolean own = process.endsWith(Long.toString(ProcessHandle.current().pid()));
            String name = own ? OURS : stat.substring(stat.indexOf('(') + 1, end);
            long used =
                    columns.subList(11, 15).stream().mapToLong(Long::parseLong).sum();
            ticks.merge(name, used, Long::sum);
        } catch (NoSuchFileException e) {
            // ended while we looked
        } catch (IOException e) {
            // the same, while it was read: "no such process"
            if (Files.exists(process)) {
                throw e;
            }
        }
    }
}
