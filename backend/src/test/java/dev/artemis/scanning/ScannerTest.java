package dev.artemis.scanning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.shared.Language;
import dev.artemis.shared.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScannerTest {

    /** For a megabyte of a shell's commands, of two bytes each, or of new names, while others have the machine too. */
    private static final Duration BUSY = Duration.ofSeconds(6);

    private final Scanner scanner = new Scanner();

    @ParameterizedTest
    @ValueSource(strings = {"python", "shell"})
    void catchesNearlyAllAndCriesWolfHardlyEver(String language) {
        List<LabelledSet.Snippet> bad = LabelledSet.of(language + "-blocked.txt");
        List<LabelledSet.Snippet> good = LabelledSet.of(language + "-clean.txt");
        assertThat(bad.size() + good.size()).isGreaterThanOrEqualTo(language.equals("python") ? 500 : 90);
        assertThat(good).as("half of them are harmless").hasSizeGreaterThanOrEqualTo(bad.size());

        List<String> missed = named(language, bad, Verdict.CLEAN);
        List<String> wolves = named(language, good, Verdict.BLOCKED);
        List<String> unread = new ArrayList<>(named(language, bad, Verdict.UNPARSABLE));
        unread.addAll(named(language, good, Verdict.UNPARSABLE));

        assertThat(missed).hasSizeLessThanOrEqualTo(bad.size() * 5 / 100);
        assertThat(wolves).hasSizeLessThanOrEqualTo(good.size() * 2 / 100);
        assertThat(unread).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> everySnippetIsLabelledRight() {
        return Stream.of("python", "shell")
                .flatMap(language -> Stream.concat(
                        tests(language, "-blocked.txt", Verdict.BLOCKED),
                        tests(language, "-clean.txt", Verdict.CLEAN)));
    }

    private Stream<DynamicTest> tests(String language, String file, Verdict expected) {
        return LabelledSet.of(language + file).stream()
                .map(snippet -> DynamicTest.dynamicTest(
                        language + " " + snippet.name(),
                        () -> assertThat(scanner.scan(language, snippet.code(), ScanRules.DEFAULT)
                                        .verdict())
                                .as(snippet.code())
                                .isEqualTo(expected)));
    }

    /** Labelled by what Python 3.11 to 3.13 and bash 5.2 themselves say of them. */
    @TestFactory
    Stream<DynamicTest> whatTheLanguageItselfRefusesIsUnparsableAndNothingElseIs() {
        return Stream.of("python", "shell")
                .flatMap(language -> Stream.of("-refused.txt", "-taken.txt")
                        .flatMap(file -> LabelledSet.of(language + file).stream()
                                .map(snippet -> DynamicTest.dynamicTest(
                                        language + " " + snippet.name() + " " + snippet.code(),
                                        () -> assertThat(scanner.scan(language, snippet.code(), ScanRules.DEFAULT)
                                                                .verdict()
                                                        == Verdict.UNPARSABLE)
                                                .as(snippet.code())
                                                .isEqualTo(file.startsWith("-refused"))))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(", "((", "( ", "{ ", "if ", "while ", "case x in x) ", "[[ ( ", "\"$(", "${x:-", "${x:-\"", "$((",
                        "`",
                "<(", "a=(", "a[", "f() { ", "! ", "coproc ", "for x in a; do ", "<<E ", "x && ", "@(", "$'", "$[",
                        "time "
            })
    void aHundredThousandThatOpenInAShellCrashNothing(String open) {
        Duration least = Duration.ofDays(1);
        for (int i = 0; i < 2; i++) {
            long begin = System.nanoTime();
            scanner.scan("shell", open.repeat(100_000), ScanRules.DEFAULT);
            scanner.scan("shell", (open + "\n").repeat(100_000), ScanRules.DEFAULT);
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            least = taken.compareTo(least) < 0 ? taken : least;
        }

        assertThat(least).isLessThan(Duration.ofSeconds(5));
    }

    static Stream<Arguments> hostile() {
        String name = "a".repeat(300_000);
        String targets = "b,".repeat(250_000);
        String walruses = "(a := 1),".repeat(70_000);
        return Stream.of(
                Arguments.of("double parentheses of subshells", "shell", subshells(49)),
                Arguments.of("a name and what gives it a value", "shell", name + "=".repeat(300_000)),
                Arguments.of("a name and what numbers its items", "shell", name + "." + "[".repeat(300_000)),
                Arguments.of(
                        "a comprehension that binds as it goes",
                        "python",
                        "[(" + walruses + ") for " + targets + " in c]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void whatIsWrittenToTakeLongDoesNot(String name, String language, String code) {
        ScanReport report =
                assertTimeoutPreemptively(Duration.ofSeconds(5), () -> scanner.scan(language, code, ScanRules.DEFAULT));

        assertThat(report.verdict()).isEqualTo(Verdict.CLEAN);
    }

    /** Each could be arithmetic as far as its end, and is none. */
    private static String subshells(int count) {
        String script = "echo a";
        for (int i = 0; i < count; i++) {
            script = "((echo $( " + script + ")) ; echo)";
        }
        return script;
    }

    @Test
    void anImportThatIsDeclaredGlobalBehindItBindsInTheModule() {
        String code = "def f():\n import os as o\n global o\nf()\no.system(input())\n";

        assertThat(scanner.scan("python", code, ScanRules.DEFAULT).verdict()).isEqualTo(Verdict.BLOCKED);
    }

    @ParameterizedTest
    @MethodSource("dev.artemis.shared.Language#all")
    void looksAtEveryLanguageOrSaysThatItDoesNot(Language language) {
        String bad = switch (language.scan()) {
            case PYTHON -> "eval(input())";
            case SHELL -> "eval \"$x\"";
            case NONE -> "";
        };

        ScanReport report = scanner.scan(language.id(), bad, ScanRules.DEFAULT);

        assertThat(report.verdict()).isEqualTo(Verdict.BLOCKED);
        assertThat(report.findings()).isNotEmpty();
        if (language.scan() != Language.Scan.NONE) {
            assertThat(scanner.scan(language.id(), "", ScanRules.DEFAULT).verdict())
                    .isEqualTo(Verdict.CLEAN);
        }
    }

    @Test
    void aLanguageWithoutAScannerIsNotCleanUnlessThatIsExcused() {
        var ruby = new Language(
                "ruby",
                "main.rb",
                List.of("/usr/bin/ruby", "main.rb"),
                Map.of(),
                "ruby:4",
                "ruby",
                new Language.Marks(Set.of(".rb"), Pattern.compile("ruby")),
                Language.Scan.NONE);
        var more = new Scanner(List.of(Language.PYTHON, ruby));
        List<Part> parts = List.of(new Part("", "python", "print(1)"), new Part("tool.rb", "ruby", "puts 1"));

        ScanReport report = more.scan(parts, ScanRules.DEFAULT);

        assertThat(report.verdict()).isEqualTo(Verdict.BLOCKED);
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("code-unscanned");
            assertThat(finding.message()).startsWith("In tool.rb: No scanner reads its language");
        });
        assertThat(more.scan(parts, new ScanRules(ScanRules.DEFAULT.block(), Set.of("code-unscanned")))
                        .verdict())
                .isEqualTo(Verdict.CLEAN);
        assertThat(RuleIds.all()).contains("code-unscanned");
    }

    /** What is told of code is one line of why, with the nearest public rule, where there is one. */
    @Test
    void everyFindingSaysWhyInOneLineWithItsPublicRuleAndHowSureItIs() {
        List<Finding> found = Stream.of("python", "shell")
                .flatMap(language -> Stream.of("-blocked.txt", "-clean.txt")
                        .flatMap(file -> LabelledSet.of(language + file).stream())
                        .flatMap(snippet ->
                                scanner.scan(language, snippet.code(), ScanRules.DEFAULT).findings().stream()))
                .toList();

        assertThat(found).extracting(Finding::rule).contains("py-eval", "sh-eval");
        assertThat(found).extracting(Finding::confidence).contains(Confidence.MEDIUM, Confidence.HIGH);
        assertThat(found).allSatisfy(finding -> {
            assertThat(finding.message()).matches("[A-Z][^\\n\\r]{10,200}\\.");
            assertThat(finding.confidence()).isNotNull();
            assertThat(finding.link())
                    .matches(
                            "https://(bandit\\.readthedocs\\.io/en/latest/(plugins|blacklists)/[a-z0-9_]+\\.html(#[a-z0-9-]+)?"
                                    + "|cwe\\.mitre\\.org/data/definitions/[0-9]+\\.html)");
            // the number that the message names is that of the page
            if (finding.rule().equals("py-too-much")) {
                assertThat(finding.message()).startsWith("Takes too many steps to be followed");
            } else if (finding.link().contains("cwe")) {
                String number = finding.link().replaceAll("\\D", "");
                assertThat(finding.message()).contains("CWE-" + number);
            } else {
                assertThat(finding.message()).contains("Bandit B");
            }
        });
    }

    /** Those that tell and do not block: "### rule" before a snippet in which it is told, "### no rule" before its harmless like. */
    @TestFactory
    Stream<DynamicTest> whatOnlyTellsIsToldWhereItIs() {
        return LabelledSet.of("python-told.txt").stream()
                .map(snippet -> DynamicTest.dynamicTest(snippet.name(), () -> {
                    boolean harmless = snippet.name().startsWith("no ");
                    String rule = snippet.name().replaceFirst("^no ", "").split(" ")[0];
                    ScanReport report = scanner.scan("python", snippet.code(), ScanRules.DEFAULT);

                    assertThat(report.verdict()).as(snippet.code()).isEqualTo(Verdict.CLEAN);
                    assertThat(report.findings().stream().map(Finding::rule).anyMatch(rule::equals))
                            .as(snippet.code())
                            .isEqualTo(!harmless);
                    assertThat(harmless && !report.findings().isEmpty())
                            .as(snippet.code())
                            .isFalse();
                }));
    }

    @Test
    void everyRuleFiresSomewhereInTheLabelledSet() {
        Set<String> fired = Stream.of("python-blocked.txt", "python-told.txt", "shell-blocked.txt", "shell-clean.txt")
                .flatMap(file -> LabelledSet.of(file).stream()
                        .flatMap(snippet ->
                                scanner
                                        .scan(file.split("-")[0], snippet.code(), ScanRules.DEFAULT)
                                        .findings()
                                        .stream()))
                .map(Finding::rule)
                .collect(Collectors.toSet());
        scanner.scan(
                        List.of(new Part("a.py", "python", "from os import *"), new Part("", "python", "import a")),
                        ScanRules.DEFAULT)
                .findings()
                .forEach(finding -> fired.add(finding.rule()));

        Set<String> silent = new TreeSet<>(RuleIds.all());
        silent.removeAll(fired);
        // of a run's files and variables, and of a language without a scanner: no snippet has them
        assertThat(silent)
                .containsExactly(
                        "code-unscanned", RuleIds.ENV_LOADS_CODE, RuleIds.FILE_COMPILED, RuleIds.FILE_TOO_LARGE);
    }

    @Test
    void everyRuleThatFindsSomethingCanBeExcused() {
        Set<String> found = Stream.of("python", "shell")
                .flatMap(language -> LabelledSet.of(language + "-blocked.txt").stream()
                        .flatMap(snippet ->
                                scanner.scan(language, snippet.code(), ScanRules.DEFAULT).findings().stream()))
                .map(Finding::rule)
                .collect(Collectors.toSet());

        assertThat(found).hasSizeGreaterThan(20);
        assertThat(RuleIds.all()).containsAll(found).contains("py-eval", "sh-eval", "file-compiled", "env-loads-code");
    }

    @Test
    void looksAtThePythonThatAShellIsGivenAsAWord() {
        ScanReport report = scanner.scan("shell", """
            echo begin
            /usr/bin/python3.13 -I -Bc "import os
            os.system('id')"
            python3 -c 'print(1 + 1)'
            python3 job.py -c 'eval(input())'
            python3 -c "print($COUNT $MORE)"
            """, ScanRules.DEFAULT);

        assertThat(report.verdict()).isEqualTo(Verdict.BLOCKED);
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("py-shell");
            assertThat(finding.line()).isEqualTo(3);
            assertThat(finding.message()).startsWith("In Python: ");
        });
        assertThat(scanner.scan("shell", "python3 -c 'eval(input())'", ScanRules.DEFAULT)
                        .findings())
                .singleElement()
                .extracting(Finding::column)
                .isEqualTo(13);
        assertThat(scanner.scan(
                                "shell",
                                "python3 -c 'eval(input())'",
                                new ScanRules(ScanRules.DEFAULT.block(), Set.of("py-eval")))
                        .verdict())
                .isEqualTo(Verdict.CLEAN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "print 'python 2'",
                "def f(:\n  pass",
                "x = (1",
                "x = 'open",
                "if x:\npass",
                "\tif x:\n        pass",
                "a = 1\n  b = 2",
                "x = 1 +",
                "f() = 1",
                "x = $1",
                "f'{x'",
                "f'{x!r'",
                "print('a')\0",
                "x = '\ud800'",
                "# nothing but\nx = \"\\N{}\" if",
                "class : pass",
                "import",
                "from import x",
                "lambda x: ",
                "lambda x, x: 1",
                "lambda x=1, y: 1",
                "def f(a, a): pass",
                "def f(a, *, a): pass",
                "def f(a=1, b): pass",
                "f(a=1, 2)",
                "f(**a, 2)",
                "f(**a, *b)",
                "a = 0777",
                "a = 1__0",
                "a = 1_",
                "else: pass",
                "\\",
            })
    void whatIsNotPythonIsNotClean(String code) {
        ScanReport report = scanner.scan("python", code, ScanRules.DEFAULT);

        assertThat(report.verdict()).isEqualTo(Verdict.UNPARSABLE);
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("code-unparsable");
            assertThat(finding.severity()).isEqualTo(Severity.HIGH);
            assertThat(finding.message()).matches("Is not Python: .+\\.");
            assertThat(finding.line()).isBetween(1, 1 + (int) code.lines().count());
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            python | x = 1\\ndef f(:\\n  pass          | 2 | 6 | Is not Python: a bracket is not closed.
            python | x = 1\\n\\ny = 'a\\x1'            | 3 | 6 | Is not Python: an escape is cut short.
            python | x = 1\\ny = 'open                  | 2 | 5 | Is not Python: a string is not closed.
            python | x = 1\\ny = f'{1 2}'               | 2 | 10 | Is not Python: not an expression.
            shell  | echo a\\necho 'open                | 2 | 6 | Is not shell: a quote, a substitution or a document within it is not closed, or it is nested too deep.
            shell  | echo a\\n\\necho "$(date             | 3 | 7 | Is not shell: a quote, a substitution or a document within it is not closed, or it is nested too deep.
            """)
    void whatCannotBeParsedSaysWhereAndWhyWhateverThePolicy(
            String language, String code, int line, int column, String message) {
        for (ScanRules rules : List.of(ScanRules.DEFAULT, new ScanRules(Set.of(), Set.of("code-unparsable")))) {
            ScanReport report = scanner.scan(language, code.replace("\\n", "\n"), rules);

            assertThat(report.verdict()).isEqualTo(Verdict.UNPARSABLE);
            assertThat(report.findings()).singleElement().satisfies(finding -> {
                assertThat(finding.line()).isEqualTo(line);
                assertThat(finding.column()).isEqualTo(column);
                assertThat(finding.message()).isEqualTo(message);
                assertThat(finding.rule()).isEqualTo("code-unparsable");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "[",
                "{",
                "f(",
                "lambda: (",
                "not ",
                "- ",
                "f'{",
                "x if y else ",
                "a[",
                "(yield ",
                "\"\".a(",
                "a ** ",
                "await ",
                "(await ",
                "(a := ",
                "{1: ",
                "a[b:",
                "[x for x in ",
                "{x: y for x in (",
                "@f(",
                "f'{a:{",
                "*",
                "**a, **",
                "lambda x=",
                "match x:\n case (",
                "match x:\n case [",
                "match x:\n case {1: ",
                "match x:\n case A(b=",
            })
    void tenThousandNestedBracketsCrashNothing(String open) {
        assertThat(scanner.scan("python", open.repeat(10_000), ScanRules.DEFAULT)
                        .verdict())
                .isEqualTo(Verdict.UNPARSABLE);
        assertFollowed(open.repeat(10_000) + "1" + closing(open).repeat(10_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "{1: ", "A(", "A(b="})
    void tenThousandNestedPatternsCrashNothing(String open) {
        String code =
                "match x:\n case " + open.repeat(10_000) + "1" + closing(open).repeat(10_000) + ":\n  pass\n";

        assertThat(scanner.scan("python", code, ScanRules.DEFAULT).verdict()).isEqualTo(Verdict.UNPARSABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"if x:", "while x:", "for x in y:", "with x:", "try:", "def f():", "class A:"})
    void aThousandNestedBlocksCrashNothing(String head) {
        var code = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            code.append(" ".repeat(i)).append(head).append('\n');
        }
        code.append(" ".repeat(1_000)).append("pass\n");

        assertThat(scanner.scan("python", code.toString(), ScanRules.DEFAULT).verdict())
                .isEqualTo(Verdict.UNPARSABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1+", "a.", "'a' ", "not x or ", "f()()", "x = ", "[0]", "a,", "not ", "-"})
    void longExpressionsCrashNothing(String part) {
        assertFollowed(part.repeat(100_000) + "a");
        assertFollowed("a" + part.repeat(100_000));
    }

    @Test
    void longChainsOfNamesCrashNothing() {
        var code = new StringBuilder("import os\nx0 = 'system'\n");
        for (int i = 1; i < 20_000; i++) {
            code.append("x").append(i).append(" = x").append(i - 1).append(" + ''\n");
        }
        code.append("getattr(os, x19999)('id')\n");
        code.append("y = ''\n").append("y += 'a'\n".repeat(20_000));

        assertThat(scanner.scan("python", code.toString(), ScanRules.DEFAULT).verdict())
                .isEqualTo(Verdict.BLOCKED);
    }

    @Test
    @Tag("slow")
    void whatGrowsWithoutEndIsGivenUpAndNotClean() {
        var lists = new StringBuilder("import os\na0 = ('x', 'y')\n");
        var lambdas = new StringBuilder("import os\nf0 = lambda x: x\n");
        for (int i = 1; i < 300; i++) {
            lists.append("a%d = [a%d for z in a%d] + [a%d]\n".formatted(i, i - 1, i - 1, i - 1));
            lambdas.append("f%d = lambda x: f%d(f%d(x))\n".formatted(i, i - 1, i - 1));
        }
        lists.append("getattr(os, a299)('id')\n");
        lambdas.append("getattr(os, f299('system'))('id')\n");

        assertThat(scanner.scan("python", lists.toString(), ScanRules.DEFAULT).verdict())
                .isEqualTo(Verdict.BLOCKED);
        assertThat(scanner.scan("python", lambdas.toString(), ScanRules.DEFAULT).verdict())
                .isEqualTo(Verdict.BLOCKED);
    }

    @Test
    void namesThatAreMadeOfEachOtherAreFollowed() {
        String code = """
                b = None
                for n in range(2):
                    a = b
                    b = a or __import__("json")
                    import os as b
                a.system("id")
                """;

        assertThat(scanner.scan("python", code, ScanRules.DEFAULT).verdict()).isEqualTo(Verdict.BLOCKED);
        assertThat(scanner.scan("python", "x = 'a'\n" + "x = x + 'a'\n".repeat(20_000), ScanRules.DEFAULT)
                        .verdict())
                .isEqualTo(Verdict.CLEAN);
    }

    @Test
    void aMegabyteIsScannedInTheBlinkOfAnEye() {
        String typical = """
                def handler(request, response=None, *args, **kwargs):
                    \"""Handle the request and return something useful for callers.\"""
                    result = []
                    for item in request.items:
                        if item.name and item.value > 10:
                            result.append({"name": item.name, "value": compute(item.value, scale=2.5)})
                        else:
                            # a comment that says why
                            result.append(None)
                    return json.dumps(result, indent=2)

                """;
        String megabyte = typical.repeat((1 << 20) / typical.length() + 1);
        scanner.scan("python", megabyte, ScanRules.DEFAULT);
        scanner.scan("python", megabyte, ScanRules.DEFAULT);

        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long begin = System.nanoTime();
            ScanReport report = scanner.scan("python", megabyte, ScanRules.DEFAULT);
            best = Math.min(best, System.nanoTime() - begin);
            assertThat(report.verdict()).isEqualTo(Verdict.CLEAN);
        }
        // the goal is 250 ms, which the benchmark measures; a test machine may be busy, and tests run without the
        // second compiler
        assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = 1\n",
                "f(a, b, c)\n",
                "a = b + c * d - e / f\n",
                "[[]]\n",
                "{'k': {'a': 1}}\n",
                "a<b\n",
                "a=b;"
            })
    @Tag("slow")
    void aMegabyteOfNothingButTokensIsNoSlower(String dense) {
        isCleanWithin(Duration.ofSeconds(2), "python", filled("", i -> dense));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x=1\n",
                "a b c d;",
                "a|b\n",
                "(a)\n",
                "[[ a = b ]]\n",
                "echo $((1+2)) ${a}\n",
                "if a; then b; fi\n",
                "case a in b) c;; esac\n",
                "f() { a; }\n",
                "echo 'a' \"b\"\n"
            })
    @Tag("slow")
    void aMegabyteOfNothingButAShellsTokensIsNoSlower(String dense) {
        isCleanWithin(BUSY, "shell", filled("", i -> dense));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n%1$d = n%1$d\n",
                "def f%1$d(a%1$d): return a%1$d\n",
                "import m%1$d as n%1$d\n",
                "f%1$d(a%1$d, b=c%1$d)\n",
                "class C%1$d: a%1$d = 1\n",
                "[a%1$d for a%1$d in b%1$d]\n"
            })
    @Tag("slow")
    void aMegabyteOfNamesOfWhichNoneIsTwiceIsNoSlower(String dense) {
        isCleanWithin(BUSY, "python", filled("", dense::formatted));
    }

    @Test
    void aMegabyteOfDeclarationsIsNoSlower() {
        String outer = IntStream.range(0, 30_000).mapToObj("a%d="::formatted).collect(Collectors.joining());
        String inner = IntStream.range(0, 30_000).mapToObj("a%d"::formatted).collect(Collectors.joining(","));

        isCleanWithin(
                BUSY,
                "python",
                filled(
                        "def f():\n " + outer + "1\n def g():\n  nonlocal " + inner + "\n",
                        "  global b%d\n"::formatted));
    }

    /** As many lines as there is room for in the largest source that is taken. */
    private static String filled(String begin, IntFunction<String> line) {
        var source = new StringBuilder(begin);
        for (int i = 0; ; i++) {
            String next = line.apply(i);
            if (source.length() + next.length() >= SandboxSpec.MAX_CODE_BYTES) {
                return source.append("\n").toString();
            }
            source.append(next);
        }
    }

    /** The best of some, since a test machine may be busy. */
    private void isCleanWithin(Duration most, String language, String source) {
        Duration best = Duration.ofDays(1);
        for (int i = 0; i < 4 && best.compareTo(most) >= 0; i++) {
            long begin = System.nanoTime();
            assertThat(scanner.scan(language, source, ScanRules.DEFAULT).verdict())
                    .isEqualTo(Verdict.CLEAN);
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            best = taken.compareTo(best) < 0 ? taken : best;
        }
        assertThat(best).isLessThan(most);
    }

    @Test
    void aFindingSaysWhereAndWhy() {
        ScanReport report = scanner.scan("python", "x = 1\nif x:\n    y = eval('1')\n", ScanRules.DEFAULT);

        assertThat(report.verdict()).isEqualTo(Verdict.BLOCKED);
        assertThat(report.findings()).hasSize(1);
        Finding finding = report.findings().getFirst();
        assertThat(finding.rule()).isEqualTo("py-eval");
        assertThat(finding.line()).isEqualTo(3);
        assertThat(finding.column()).isEqualTo(9);
        assertThat(finding.message()).isNotBlank();
        assertThat(finding.link()).startsWith("https://");
    }

    @Test
    void columnsCountCharacters() {
        ScanReport report = scanner.scan("python", "x = '\ud83d\ude00'; eval(x)", ScanRules.DEFAULT);

        assertThat(report.findings().getFirst().column()).isEqualTo(10);
    }

    @Test
    void thePolicyChoosesTheSeveritiesAndExcusesRules() {
        String code = "import shutil\nshutil.rmtree('x')\n";
        var strict = new ScanRules(EnumSet.of(Severity.MEDIUM, Severity.HIGH), Set.of());
        var excused = new ScanRules(EnumSet.allOf(Severity.class), Set.of("py-delete-tree"));

        assertThat(scanner.scan("python", code, ScanRules.DEFAULT).verdict()).isEqualTo(Verdict.CLEAN);
        assertThat(scanner.scan("python", code, strict).verdict()).isEqualTo(Verdict.BLOCKED);
        assertThat(scanner.scan("python", code, excused).verdict()).isEqualTo(Verdict.CLEAN);
        assertThat(scanner.scan("python", code, excused).findings()).isEmpty();
    }

    @Test
    void arithmeticBeyondLargeNumbersIsJudged() {
        String code = "'abc'[1::4611686018427387903*2+1]";

        assertThat(scanner.scan("python", code, ScanRules.DEFAULT).verdict()).isEqualTo(Verdict.CLEAN);
        assertThat(scanner.scan(
                                "python",
                                "import os\ngetattr(os, 'xsystem'[1::" + Long.MAX_VALUE + "] + 'ystem')('id')",
                                ScanRules.DEFAULT)
                        .verdict())
                .isEqualTo(Verdict.BLOCKED);
    }

    @Test
    void namesOfAModuleOfPowerAreNotHandedOnToOtherFiles() {
        Part code = new Part("", "python", "from t import system\nsystem('id')\n");

        for (String module : List.of("os", "builtins", "posix")) {
            ScanReport report = scanner.scan(
                    List.of(code, new Part("t.py", "python", "from " + module + " import *\n")), ScanRules.DEFAULT);

            assertThat(report.verdict()).as(module).isEqualTo(Verdict.BLOCKED);
            assertThat(report.findings()).extracting(Finding::rule).contains("py-star-import");
        }
        assertThat(scanner.scan(List.of(code, new Part("t.py", "python", "from math import *\n")), ScanRules.DEFAULT)
                        .verdict())
                .isEqualTo(Verdict.CLEAN);
    }

    @Test
    void looksAtTheScriptThatAShellIsGivenAsAWord() {
        ScanReport report =
                scanner.scan("shell", "echo begin\nbash -ec 'echo one\neval \"$x\"' name\n", ScanRules.DEFAULT);

        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("sh-eval");
            assertThat(finding.line()).isEqualTo(3);
        });
        assertThat(scanner.scan("shell", "sh -c 'eval \"$x\"'", ScanRules.DEFAULT)
                        .findings())
                .singleElement()
                .extracting(Finding::column)
                .isEqualTo(8);
    }

    /** Where a document, a said text or a word stands, there what is found in it stands. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            echo a\\npython3 <<'END' > out\\nimport os\\nos.system('id')\\nEND | 4 | 1 | py-shell
            cat <<-END ¦ python3 -\\n\\teval(input())\\n\\tEND          | 2 | 1 | py-eval
            cat <<'END' ¦ bash\\necho a\\nsudo id\\nEND                 | 3 | 1 | sh-privilege
            echo a\\npython3 <<< 'eval(input())'                        | 2 | 14 | py-eval
            echo 'sudo id' ¦ sh                                       | 1 | 7 | sh-privilege
            true\\ntrap 'sudo id' EXIT                                 | 2 | 7 | sh-privilege
            find . -exec sudo rm {} +                                  | 1 | 14 | sh-privilege
            curl -o x http://e/x\\nsh ./x                               | 2 | 1 | sh-pipe-to-shell
            x=1 2>&1 >/dev/sda                                         | 1 | 11 | sh-device
            """)
    void whatAShellIsGivenByAnotherWayIsFoundWhereItStands(String code, int line, int column, String rule) {
        String script = code.replace("\\n", "\n").replace("\\t", "\t").replace("¦", "|");

        ScanReport report = scanner.scan("shell", script, ScanRules.DEFAULT);

        assertThat(report.findings())
                .filteredOn(finding -> finding.severity() == Severity.HIGH)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo(rule);
                    assertThat(finding.line()).isEqualTo(line);
                    assertThat(finding.column()).isEqualTo(column);
                });
    }

    @Test
    void shellsWithinShellsEndSomewhere() {
        String code = "true";
        for (int i = 0; i < 8; i++) {
            code = "sh -c \"" + code.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        }

        assertThat(scanner.scan("shell", code, ScanRules.DEFAULT).verdict()).isEqualTo(Verdict.BLOCKED);
        assertThat(scanner.scan("shell", "sh -c 'sh -c true'", ScanRules.DEFAULT)
                        .verdict())
                .isEqualTo(Verdict.CLEAN);
    }

    @Test
    void anUnknownLanguageIsRefused() {
        assertThatThrownBy(() -> scanner.scan("cobol", "x", ScanRules.DEFAULT))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(422);
                    assertThat(problem.errors().getFirst().field()).isEqualTo("language");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo 'open", "echo \"open", "sh <<END\necho 'no end"})
    void aShellScriptWithAnOpenQuoteIsUnparsable(String code) {
        assertThat(scanner.scan("shell", code, ScanRules.DEFAULT).verdict()).isEqualTo(Verdict.UNPARSABLE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            echo $(date\\necho a b c                              | 1 | 6
            x=1\\n  y=$(\\n    date\\n    echo end               | 2 | 5
            echo "a $(date) b `date\\necho c                    | 1 | 19
            echo "a\\nb $(date) c                               | 1 | 6
            echo $(date "+%F)\\necho c                          | 1 | 13
            echo a$'\\\\n\\n' $(date $'open                      | 2 | 10
            diff <(sort a) <(sort b\\necho c                    | 1 | 16
            sh <<'END'\\necho a\\necho 'open\\nEND\\necho c        | 3 | 6
            cat <<'END\\na                                      | 1 | 7
            echo `a                                            | 1 | 6
            cat <<\\necho a                                     | 1 | 5
            echo $((1 + `date\\n)) b                            | 1 | 13
            """)
    void whatIsNotClosedInAShellIsToldWhereItOpens(String code, int line, int column) {
        ScanReport report = scanner.scan(
                "shell", code.replace("\\\\", "\0").replace("\\n", "\n").replace('\0', '\\'), ScanRules.DEFAULT);

        assertThat(report.verdict()).isEqualTo(Verdict.UNPARSABLE);
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.line()).isEqualTo(line);
            assertThat(finding.column()).isEqualTo(column);
        });
    }

    /** Bash takes them: a document may end with the script, and what it expands or stands in backticks is read when it runs. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            cat <<END\\na                                      | CLEAN
            cat <<END\\na $(b\\nEND\\necho c                   | CLEAN
            bash <<END\\neval "$x"                            | BLOCKED
            cat <<END\\n$(eval "$x")                           | BLOCKED
            cat <<END\\n$(eval "$x"                            | BLOCKED
            cat <<END\\na $(b\\nEND\\neval "$x"                | BLOCKED
            x=`echo 'a`                                        | CLEAN
            x=`eval "$x" 'a`; echo b                           | BLOCKED
            x=`echo 'a`; eval "$x"                             | BLOCKED
            x=$(cat <<END\\na\\nEND); eval "$x"                 | BLOCKED
            cat <<END\\na\\\\\\nEND\\neval "$x"\\nEND             | CLEAN
            cat <<END\\na\\\\\\nEND\\nEND\\neval "$x"             | BLOCKED
            """)
    void whatBashReadsWhenItRunsIsLookedAtAsFarAsItGoes(String code, Verdict expected) {
        String script = code.replace("\\\\", "\0").replace("\\n", "\n").replace('\0', '\\');

        assertThat(scanner.scan("shell", script, ScanRules.DEFAULT).verdict()).isEqualTo(expected);
    }

    @Test
    void noNumberOfSmallFindingsHidesALargerOne() {
        String network = "import socket\n" + "socket.socket()\n".repeat(5_000);
        String code = network + "eval(input())\n";

        ScanReport report = scanner.scan("python", code, ScanRules.DEFAULT);

        assertThat(report.verdict()).isEqualTo(Verdict.BLOCKED);
        assertThat(report.findings()).hasSize(ScanReport.MOST_FINDINGS).last().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("py-eval");
            assertThat(finding.line()).isEqualTo(5_002);
        });
        assertThat(report.leftOut()).isEqualTo(4_001);
        assertThat(report.findings()).isSortedAccordingTo(Comparator.comparingInt(Finding::line));
    }

    @Test
    void noNumberOfBlockingFindingsHidesWhatIsNotItsLanguage() {
        List<Part> parts = List.of(
                new Part("", "python", "eval(input())\n".repeat(3_000)),
                new Part("z.py", "python", "\n".repeat(9_000) + "def f(:\n"));

        ScanReport report = scanner.scan(parts, ScanRules.DEFAULT);

        assertThat(report.verdict()).isEqualTo(Verdict.UNPARSABLE);
        assertThat(report.findings())
                .hasSize(ScanReport.MOST_FINDINGS)
                .extracting(Finding::rule)
                .endsWith("file-unparsable");
        assertThat(report.leftOut()).isEqualTo(2_001);
    }

    /** What a project blocks may be the smaller. */
    @Test
    void whatBlocksIsToldBeforeWhatIsMoreSevere() {
        String code = "import socket\n" + "eval(input())\n".repeat(2_000) + "socket.socket()\n";

        ScanReport report = scanner.scan("python", code, new ScanRules(Set.of(Severity.MEDIUM), Set.of()));

        assertThat(report.verdict()).isEqualTo(Verdict.BLOCKED);
        assertThat(report.findings()).extracting(Finding::rule).endsWith("py-network");
        assertThat(report.leftOut()).isEqualTo(1_001);
    }

    /** Neither what is excused nor what is found twice counts. */
    @Test
    void whatIsExcusedIsNotLeftOut() {
        String code = "import socket\n" + "socket.socket()\n".repeat(5_000) + "eval(input())\n";

        ScanReport report =
                scanner.scan("python", code, new ScanRules(ScanRules.DEFAULT.block(), Set.of("py-network")));

        assertThat(report.findings()).singleElement().extracting(Finding::rule).isEqualTo("py-eval");
        assertThat(report.leftOut()).isZero();
        assertThat(scanner.scan("shell", "eval \"$x\"\n".repeat(1_200), ScanRules.DEFAULT)
                        .leftOut())
                .isEqualTo(200);
        assertThat(scanner.scan("shell", "python3 -c '" + "eval(x)\n".repeat(1_300) + "'", ScanRules.DEFAULT)
                        .leftOut())
                .isEqualTo(300);
    }

    /** A crash within the scan is told as too much to follow, which is no answer to any of these. */
    private void assertFollowed(String code) {
        ScanReport report = scanner.scan("python", code, ScanRules.DEFAULT);

        assertThat(report.findings()).extracting(Finding::rule).doesNotContain("py-too-much");
        assertThat(report.verdict()).isIn(Verdict.CLEAN, Verdict.UNPARSABLE);
    }

    private List<String> named(String language, List<LabelledSet.Snippet> snippets, Verdict verdict) {
        return snippets.stream()
                .filter(snippet -> scanner.scan(language, snippet.code(), ScanRules.DEFAULT)
                                .verdict()
                        == verdict)
                .map(LabelledSet.Snippet::name)
                .toList();
    }

    private static String closing(String open) {
        return switch (open.charAt(open.length() - 1)) {
            case '(' -> ")";
            case '[' -> "]";
            case '{' -> open.startsWith("f") ? "}'" : "}";
            default -> open.startsWith("(") ? ")" : "";
        };
    }
}
