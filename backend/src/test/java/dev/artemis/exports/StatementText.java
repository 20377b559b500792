package dev.artemis.exports;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

/** What a person reads in a statement: its text, as another library than the one that wrote it takes it out. */
public record StatementText(String text) {

    public static StatementText of(byte[] file) throws IOException {
        try (PDDocument document = Loader.loadPDF(file)) {
            var stripper = new PDFTextStripper();
            stripper.setSortByPosition(true);
            return new StatementText(stripper.getText(document));
        }
    }

    /** Without the ends of lines: what is long goes on in the next. */
    public String unbroken() {
        return text.replaceAll("\\R", "");
    }

    /** What stands beside a name; empty where no line begins with it. */
    public Optional<String> beside(String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length()).strip())
                .findFirst();
    }

    /** The amount beside a name. */
    public BigDecimal fact(String name) {
        return beside(name).map(BigDecimal::new).orElseThrow(() -> new AssertionError("no " + name + " in " + text));
    }

    /** The numbers of each line of totals. */
    List<List<BigDecimal>> totals() {
        return text.lines()
                .filter(line -> line.matches("total( -?[0-9.]+)+\\s*"))
                .map(line -> Arrays.stream(line.strip().split(" "))
                        .skip(1)
                        .map(BigDecimal::new)
                        .toList())
                .toList();
    }
}
