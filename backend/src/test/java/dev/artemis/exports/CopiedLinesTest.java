package dev.artemis.exports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checksums of closed months hold only while every byte stays as it was. */
class CopiedLinesTest {

    private static final String SUMS = "\t1\t2\t3\t4\t5\t6\t0.5\t0\t";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "",
                "=cmd|' /C calc'!A0",
                "-2",
                "@x,y",
                "+",
                "x;=cmd|' /C calc'!A0",
                ";@a;;-b;c=d",
                "é;+1, \"and\";\t",
                "with, comma",
                "a \"quote\"",
                "two\nlines",
                "\r\ncarriage",
                "\ttab",
                "back\\slash \\N",
                "ünïcödé € 測試 \uD83E\uDDFE",
                "\b\f\u000b",
                "＝cmd|' /C calc'!A0",
                "＋1",
                "－1;＠x",
                "\uFEFF=1",
                "\n=1",
                "x;\n=1,y",
                "ｂ no sign",
                "中;文",
                "\uFEFE"
            })
    void aTextIsWrittenAsElsewhere(String text) throws IOException {
        StringBuilder expected = new StringBuilder();
        CsvCells.text(expected, text);

        assertThat(copied(1, "", escaped(text) + SUMS + "1.50\n"))
                .isEqualTo("h\r\n" + expected + ",1,2,3,4,5,6,0.5,0,1.5\r\n");
    }

    /** Where a comma stands in numbers, a spreadsheet splits at semicolons, in quotes or not. */
    @Test
    void aFormulaBehindASemicolonIsNone() throws IOException {
        assertThat(copied(1, "", "x;=1;y" + SUMS + "1\n")).startsWith("h\r\nx;'=1;y,");
        assertThat(copied(1, "", "a,b;@c" + SUMS + "1\n")).startsWith("h\r\n\"a,b;'@c\",");
    }

    @Test
    void whatASpreadsheetTakesForASignIsOne() throws IOException {
        assertThat(copied(1, "", "＝1" + SUMS + "1\n")).startsWith("h\r\n'＝1,");
        assertThat(copied(1, "", "x;＠1" + SUMS + "1\n")).startsWith("h\r\nx;'＠1,");
        assertThat(copied(1, "", "\uFEFF=1" + SUMS + "1\n")).startsWith("h\r\n'\uFEFF=1,");
        assertThat(copied(1, "", "\\n=1" + SUMS + "1\n")).startsWith("h\r\n\"'\n=1\",");
    }

    @ParameterizedTest
    @ValueSource(strings = {"＝1", "\uFEFF=1", "x;＠1"})
    void theThirdVersionKnewNoLookAlikes(String text) throws IOException {
        assertThat(written(CsvVersion.BY_CODE_POINTS, 1, "", text + SUMS + "1\n", Integer.MAX_VALUE))
                .startsWith("h\r\n" + text + ",");
    }

    /** Months are sealed in it, so it stays as it was. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '^',
            value = {
                "x;=1;y ~ x;=1;y",
                "=1;-2 ~ '=1;-2",
                "a,b;@c ~ \"a,b;@c\"",
                "+a,\"b\" ~ \"'+a,\"\"b\"\"\"",
            })
    void theFirstVersionDefusedTheBeginningAlone(String text, String written) throws IOException {
        assertThat(written(CsvVersion.AT_THE_BEGINNING, 1, "", text + SUMS + "1\n", Integer.MAX_VALUE))
                .isEqualTo("h\r\n" + written + ",1,2,3,4,5,6,0.5,0,1\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "0.000000000000000000,0",
        "120.000000000000000000,120",
        "-0.012500000000000000,-0.0125",
        "1200,1200",
        "\\N,0",
        "0.000000000000000001,0.000000000000000001"
    })
    void aDecimalLosesItsZerosAtTheEndAlone(String stored, String written) throws IOException {
        assertThat(copied(1, "", "x" + SUMS + stored + "\n")).endsWith("," + written + "\r\n");
    }

    @Test
    void theTeamStandsBehindTheFirstCellAndPiecesMayEndAnywhere() throws IOException {
        String rows = "2026-11-01\tstage, one" + SUMS + "1\n2026-11-02\ttwo\\nlines" + SUMS + "10.0\n";
        String whole = copied(2, "team", rows);

        assertThat(whole)
                .isEqualTo("h\r\n2026-11-01,team,\"stage, one\",1,2,3,4,5,6,0.5,0,1\r\n"
                        + "2026-11-02,team,\"two\nlines\",1,2,3,4,5,6,0.5,0,10\r\n");
        for (int size = 1; size < 20; size++) {
            assertThat(inPieces(2, "team", rows, size)).isEqualTo(whole);
        }
    }

    @Test
    void aCellLongerThanAnyBufferIsWhole() throws IOException {
        String longest = "é".repeat(100_000);

        assertThat(copied(1, "t", longest + SUMS + "1\n")).startsWith("h\r\n" + longest + ",t,1,");
    }

    @Test
    void eachLineIsTold() throws IOException {
        List<String> told = new ArrayList<>();
        var lines = new CopiedLines(new ByteArrayOutputStream(), CsvVersion.NOW, "h\r\n", 1, () -> told.add("line"));

        lines.write(("a" + SUMS + "1\nb" + SUMS + "2\n").getBytes(StandardCharsets.UTF_8));

        assertThat(told).hasSize(2);
    }

    private static String copied(int texts, String team, String rows) throws IOException {
        return inPieces(texts, team, rows, Integer.MAX_VALUE);
    }

    private static String inPieces(int texts, String team, String rows, int size) throws IOException {
        return written(CsvVersion.NOW, texts, team, rows, size);
    }

    private static String written(CsvVersion version, int texts, String team, String rows, int size)
            throws IOException {
        var target = new ByteArrayOutputStream();
        try (var lines = new CopiedLines(target, version, "h\r\n", texts, () -> {})) {
            lines.behindTheFirst(team);
            byte[] bytes = rows.getBytes(StandardCharsets.UTF_8);
            for (int from = 0; from < bytes.length; from += Math.min(size, bytes.length - from)) {
                lines.write(bytes, from, Math.min(size, bytes.length - from));
            }
        }
        return target.toString(StandardCharsets.UTF_8);
    }

    /** As PostgreSQL's text format says. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\b", "\\b")
                .replace("\f", "\\f")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t")
                .replace("\u000b", "\\v");
    }
}
