package dev.artemis.scanning.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.artemis.scanning.Finding;
import dev.artemis.scanning.Scanned;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Programs that nobody wrote: the scanner has a word for each, and none is a fault of its own. */
class RandomProgramsTest {

    private static final int PROGRAMS = 4_000;
    private static final long SEED = 20_261_126;

    private static final List<String> ATOMS = List.of(
            "0",
            "1",
            "-1",
            "2",
            "9223372036854775807",
            "-9223372036854775808",
            "4611686018427387903",
            "1e999",
            "0xffffffffffffffff",
            "''",
            "'abc'",
            "'\\ud7ff\\U0001F600'",
            "b''",
            "b'\\xff\\x00'",
            "f'{x}'",
            "'%s%c%d'",
            "'{}{0}{x!r:>{1}}'",
            "[]",
            "()",
            "{}",
            "None",
            "x",
            "y",
            "os",
            "sys.modules",
            "builtins",
            "f",
            "C",
            "globals()");

    private static final List<String> BINARY =
            List.of("+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "|", "^", "@", "and", "or", "if x else", "<");

    private static final List<String> CALLED = List.of(
            "chr",
            "ord",
            "int",
            "str",
            "bytes",
            "list",
            "tuple",
            "dict",
            "reversed",
            "map",
            "getattr",
            "vars",
            "type",
            "eval",
            "__import__",
            "f",
            "C",
            "importlib.import_module",
            "operator.attrgetter",
            "operator.itemgetter",
            "inspect.getmembers",
            "bytes.fromhex",
            "base64.b64decode",
            "codecs.decode",
            "timeit.timeit",
            "copy.copy");

    private static final List<String> METHODS = List.of(
            "upper",
            "lower",
            "replace",
            "join",
            "split",
            "strip",
            "format",
            "encode",
            "decode",
            "get",
            "items",
            "values",
            "pop",
            "popitem",
            "translate",
            "zfill",
            "ljust",
            "center",
            "title",
            "removeprefix",
            "__getitem__",
            "__class__",
            "__getattribute__",
            "copy",
            "expandtabs",
            "swapcase",
            "partition",
            "rsplit",
            "hex",
            "append");

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

    @Test
    void noneMakesTheScannerFail() {
        for (int i = 0; i < PROGRAMS; i++) {
            String code = program();
            boolean several = i % 2 == 0;

            assertThatCode(() -> PythonScan.scan(new PythonScan.Text(code, several, 0), new Effort()))
                    .as(code)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aFaultOfTheScannersOwnIsNotClean() {
        Scanned scanned = PythonScan.closed(() -> {
            throw new IndexOutOfBoundsException(-4611686018427387904L);
        });

        assertThat(scanned.parsable()).isTrue();
        assertThat(scanned.findings()).extracting(Finding::rule).containsExactly("py-too-much");
    }

    private String program() {
        var code = new StringBuilder("import os, sys, builtins, importlib, operator\n");
        int statements = 1 + random.nextInt(8);
        for (int i = 0; i < statements; i++) {
            code.append(statement());
        }
        return code.toString();
    }

    private String statement() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> "x = " + expression(4) + "\n";
            case 3 -> "y " + pick(List.of("+=", "-=", "*=", "%=", "<<=", "//=")) + " " + expression(3) + "\n";
            case 4 -> "x, y = " + expression(3) + "\n";
            case 5 -> "def f(x=" + expression(2) + "):\n    return " + expression(3) + "\n";
            case 6 -> "for x, y in " + expression(3) + ":\n    x(y)\n";
            case 7 -> "match " + expression(2) + ":\n    case [x, object(y=C(f)), *_] | {1: x, **y}:\n        x(y)\n";
            case 8 -> "class C(" + expression(1) + "):\n    x = " + expression(2) + "\n";
            case 9 -> "with " + expression(2) + " as (x, y):\n    x = " + expression(2) + "\n";
            case 10 -> "del " + pick(List.of("x", "y", "f")) + "\n";
            default -> expression(5) + "\n";
        };
    }

    private String expression(int depth) {
        if (depth == 0) {
            return pick(ATOMS);
        }
        int less = depth - 1;
        return switch (random.nextInt(12)) {
            case 0, 1 -> "(" + expression(less) + " " + pick(BINARY) + " " + expression(less) + ")";
            case 2, 3 -> expression(less) + "[" + bound(less) + ":" + bound(less) + ":" + bound(less) + "]";
            case 4 -> expression(less) + "[" + expression(less) + "]";
            case 5 -> "[" + expression(less) + ", *" + expression(less) + "]";
            case 6 -> "{" + expression(less) + ": " + expression(less) + ", **" + expression(less) + "}";
            case 7 -> pick(CALLED) + "(" + expression(less) + ", " + expression(less) + ")";
            case 8 -> expression(less) + "." + pick(METHODS) + "(" + expression(less) + ", *" + expression(less) + ")";
            case 9 -> "[" + expression(less) + " for x, y in " + expression(less) + "]";
            case 10 -> "(lambda x, y=" + expression(less) + ": " + expression(less) + ")(" + expression(less) + ")";
            default -> pick(ATOMS);
        };
    }

    private String bound(int depth) {
        return random.nextBoolean() ? "" : expression(Math.min(depth, 1));
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
