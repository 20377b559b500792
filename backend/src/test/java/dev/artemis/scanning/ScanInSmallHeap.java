package dev.artemis.scanning;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A process that only scans, in as much heap as it was started with, and says how much it keeps. */
final class ScanInSmallHeap {

    private ScanInSmallHeap() {}

    static Map<String, Supplier<String>> programs() {
        return new TreeMap<>(Map.of(
                "an ordinary program of a megabyte",
                () -> IntStream.range(0, 9_000)
                        .mapToObj(i -> """
                                def function_%d(first, second=None):
                                    # adds what it was given
                                    total = first + (second or %d)
                                    return {'total': total, 'name': "f%d"}
                                """.formatted(i, i, i))
                        .collect(Collectors.joining()),
                "brackets, 10,000 deep",
                () -> "[".repeat(10_000) + "]".repeat(10_000) + "\n",
                "brackets, as deep as a megabyte",
                () -> "(".repeat(500_000) + ")".repeat(500_000) + "\n",
                "blocks within blocks",
                () -> IntStream.range(0, 1_400)
                        .mapToObj(i -> " ".repeat(i) + "if x:\n")
                        .collect(Collectors.joining()),
                "calls of calls",
                () -> "f(".repeat(300_000) + ")".repeat(300_000) + "\n",
                "names without end",
                () -> "a,".repeat(500_000) + "a\n",
                "a sum without end",
                () -> "1+".repeat(500_000) + "1\n",
                "lines of nothing",
                () -> "\n".repeat(1_000_000),
                "one text",
                () -> "x = '" + "a".repeat(1_000_000) + "'\n"));
    }

    public static void main(String[] arguments) {
        Scanner scanner = new Scanner();
        scanner.scan("python", "print(1)\n", ScanRules.DEFAULT);
        long before = used();
        programs().forEach((name, code) -> {
            ScanReport report = scanner.scan(List.of(new Part("", "python", code.get())), ScanRules.DEFAULT);
            System.out.println(report.verdict() + " " + name);
        });
        System.out.println("kept " + (used() - before));
    }

    private static long used() {
        System.gc();
        Runtime java = Runtime.getRuntime();
        return java.totalMemory() - java.freeMemory();
    }
}
