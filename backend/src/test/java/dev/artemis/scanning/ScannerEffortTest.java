package dev.artemis.scanning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs of a megabyte that are written to keep the scanner busy, or to fill its memory: before they were held each took
 * minutes, or gigabytes, of which a test's machine has none.
 */
@Tag("slow")
class ScannerEffortTest {

    /** The scanner gives up after two seconds of its own; the rest is reading, and a busy machine. */
    private static final Duration LONGEST = Duration.ofSeconds(8);

    private static final String LONG = "x = '" + "a".repeat(500_000) + "'\n";

    private final Scanner scanner = new Scanner();

    static Stream<Arguments> python() {
        return Stream.of(
                program("long text in capitals", () -> LONG + "x.upper()\n".repeat(40_000)),
                program("long text in bytes", () -> LONG + "x.encode()\n".repeat(40_000)),
                program("long text stripped", () -> LONG + "x.strip('b')\n".repeat(35_000)),
                program("long text cut", () -> LONG + "x[1:]\n".repeat(70_000)),
                program("long text by index", () -> LONG + "[x[i] for i in x]\n".repeat(25_000)),
                program("long text split", () -> LONG + "x.split('a')\n".repeat(35_000)),
                program("long text formatted", () -> LONG + "x.format(1)\n".repeat(40_000)),
                program("long text asked for", () -> "import os\n" + LONG + "getattr(os, x)\n".repeat(30_000)),
                program("long text asked for from anything", () -> LONG + "getattr(y, x)\n".repeat(30_000)),
                program("long text run", () -> "import timeit\n" + LONG + "timeit.timeit(x)\n".repeat(29_000)),
                program("text in capitals", () -> "x = '" + "a".repeat(4_000) + "'\n" + "x.upper()\n".repeat(100_000)),
                program("text doubled", () -> "x = 'ab'\n" + "x = x + x\n".repeat(100_000) + "x\n".repeat(1_000)),
                program("underscores in a field", () -> "'{" + "_".repeat(900_000) + "'.format()\n"),
                program("dunders in a field", () -> "'{" + "__a".repeat(300_000) + "'.format()\n"),
                program("fields without end", () -> "'" + "{__a".repeat(250_000) + "'.format()\n"),
                program(
                        "names from one module",
                        () -> "from a import *\n".repeat(30_000) + "b,".repeat(200_000) + "b\n"),
                program(
                        "names from many modules",
                        () -> numbered("from a%d import *\n", 20_000) + numbered("n%d,", 60_000) + "b\n"),
                program("names bound in branches", () -> "if a: x = 1\n".repeat(40_000) + "x\n".repeat(100_000)),
                program(
                        "lists to choose from",
                        () -> "l = [" + "1,".repeat(1_500) + "]\n"
                                + "(l if a else [*l] if b else l + l)\n".repeat(25_000)),
                program(
                        "lists bound in branches",
                        () -> "if a: x = [" + "1,".repeat(200) + "]\n"
                                + ("if a: x = [" + "1,".repeat(200) + "]\n").repeat(1_500) + "x[0]\n".repeat(50_000)),
                program(
                        "dictionaries merged",
                        () -> "d = {" + numbered("'k%d': 1,", 1_500) + "}\n" + "{**d}['a']\n".repeat(80_000)),
                program("attributes of attributes", () -> "import a0 as x0\n" + chain("x%d = x%d.abcdefgh\n", 20_000)),
                program("soft keywords", () -> "match;".repeat(170_000) + "match\n"),
                program("names of characters", () -> "x = '" + "\\N".repeat(300_000) + "'\n"),
                program(
                        "alternatives of alternatives",
                        () -> numbered("if a: x = 'n%d'\n", 100) + "x + x + x + x\n".repeat(70_000)),
                program(
                        "keys of keys",
                        () -> numbered("if a: x = %d\n", 100) + "l = [1, 2, 3]\n" + "l[x]\n".repeat(150_000)),
                program(
                        "lambdas of lambdas",
                        () -> "f0 = lambda x: x\n" + chain("f%1$d = lambda x: f%2$d(f%2$d(x))\n", 15_000)
                                + "f14999('a')\n"),
                program(
                        "defaults",
                        () -> "l = ['a'] * 3\n" + "def f(a=l, b=l, c=l): return a\n".repeat(25_000) + "f()\n"),
                program("stars of stars", () -> "a = (1,) * 3\nf(" + "*a,".repeat(250_000) + ")\n"),
                program("deleted names", () -> "x = 1\ndel x\n".repeat(80_000)),
                program(
                        "annotations that are run",
                        () -> "import typing\n" + "x: 'eval'\n".repeat(50_000)
                                + "typing.get_type_hints(x)\n".repeat(15_000)),
                program(
                        "examples",
                        () -> "import doctest\n'''\n" + ">>> x\n".repeat(100_000) + "'''\n"
                                + "doctest.testmod()\n".repeat(15_000)));
    }

    static Stream<Arguments> shell() {
        return Stream.of(
                program("letters of an option", () -> "rm -" + "r".repeat(1_000_000) + "!\n"),
                program("a pipe of shells", () -> "sh|".repeat(340_000) + "sh\n"),
                program("double parentheses", () -> "((".repeat(500_000)),
                program("spaced double parentheses", () -> "(( ( ".repeat(200_000)),
                program("substitutions within each other", () -> "$(".repeat(500_000)),
                program("quoted substitutions within each other", () -> "\"$(".repeat(330_000)),
                program("here-documents", () -> "cat " + "<<A ".repeat(200_000) + "\n"),
                program("here-documents of shells", () -> "sh <<A\n".repeat(140_000)),
                program("shifts", () -> "<<".repeat(500_000)),
                program("quotes", () -> "$'".repeat(500_000)),
                program("ticks", () -> "`".repeat(1_000_000)),
                program("assignments", () -> "a=".repeat(500_000)),
                program("ticks that are escaped", () -> "`\\`a\\`` ".repeat(110_000)),
                program("variables of variables", () -> "a=$a$a\n".repeat(140_000)),
                program("variables used", () -> "a='" + "x ".repeat(90) + "'\n" + "$a$a ".repeat(190_000)),
                program("operators of one test", () -> "[[ " + "a ".repeat(250_000) + "a|".repeat(250_000)),
                program("patterns of one case", () -> "case a in " + "a|".repeat(500_000)),
                program("what find runs", () -> "find . " + "-exec sh -c 'a' \\; ".repeat(55_000)),
                program("options of a shell", () -> "sh " + "-a $(b) ".repeat(125_000)),
                program(
                        "documents of many words",
                        () -> "cat " + "a ".repeat(170_000) + "<<A ".repeat(85_000) + "\n" + "A\n".repeat(85_000)),
                program(
                        "documents for Python",
                        () -> "python3 " + "<<A ".repeat(125_000) + "\n" + "a\nA\n".repeat(125_000)),
                program("documents through pipes", () -> "cat <<A|".repeat(60_000) + "cat\n" + "A\n".repeat(60_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("python")
    void pythonKeepsItBusyForMomentsOnly(String name, Supplier<String> code) {
        isOverSoon("python", code.get());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shell")
    void shellKeepsItBusyForMomentsOnly(String name, Supplier<String> code) {
        isOverSoon("shell", code.get());
    }

    /** Each scan has a thread of its own; where nobody waited there would be one for each that asks. */
    @Test
    void manyAtOnceWaitForAPlace() throws Exception {
        int places = Runtime.getRuntime().availableProcessors();
        String code = LONG + "x.upper()\n".repeat(40_000);
        long begin = System.nanoTime();
        int most = 0;

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<ScanReport> scan = () -> scanner.scan("python", code, ScanRules.DEFAULT);
            List<Future<ScanReport>> scans = IntStream.range(0, 8 * places)
                    .mapToObj(i -> threads.submit(scan))
                    .toList();
            while (!scans.stream().allMatch(Future::isDone)) {
                most = Math.max(most, scanning());
                Thread.onSpinWait();
            }
            for (Future<ScanReport> one : scans) {
                assertThat(one.get().verdict()).isNotEqualTo(Verdict.UNPARSABLE);
            }
        }

        // a thread that has told its result may be there for a moment still when the next begins
        assertThat(most).isBetween(1, 2 * places);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONGEST.multipliedBy(4));
    }

    private static int scanning() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] all = new Thread[10_000];
        int count = root.enumerate(all);
        return (int) Arrays.stream(all, 0, count)
                .filter(thread -> thread.getName().equals("scan"))
                .count();
    }

    @Test
    void allFilesOfAProgramTogetherTakeNoLongerThanOne() {
        String code = "f0 = lambda x: x\n" + chain("f%1$d = lambda x: f%2$d(f%2$d(x))\n", 2_000) + "f1999('a')\n";
        List<Part> parts = IntStream.range(0, 200)
                .mapToObj(i -> new Part("f" + i + ".py", "python", code))
                .toList();
        long begin = System.nanoTime();

        ScanReport report = scanner.scan(parts, ScanRules.DEFAULT);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONGEST.multipliedBy(2));
        assertThat(report.verdict()).isEqualTo(Verdict.BLOCKED);
        assertThat(report.findings()).extracting(Finding::rule).contains("py-too-much");
    }

    private void isOverSoon(String language, String code) {
        assertThat(code.length()).isLessThanOrEqualTo(1 << 20);
        long begin = System.nanoTime();

        ScanReport report = scanner.scan(language, code, ScanRules.DEFAULT);

        assertThat(report.verdict()).isNotNull();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONGEST);
    }

    private static Arguments program(String name, Supplier<String> code) {
        return Arguments.of(name, code);
    }

    private static String numbered(String line, int count) {
        return IntStream.range(0, count).mapToObj(line::formatted).collect(Collectors.joining());
    }

    private static String chain(String line, int count) {
        return IntStream.range(1, count).mapToObj(i -> line.formatted(i, i - 1)).collect(Collectors.joining());
    }
}
