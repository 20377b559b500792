package dev.artemis.exports;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

/** What a person reads in a statement: its text, as another library than the one that wrote it takes it out. */
record StatementText(String text) {

    static StatementText of(byte[] file) throws IOException {
        try (PDDocument document = Loader.loadPDF(file)) {
            var stripper = new PDFTextStripper();
            stripper.setSortByPosition(true);
            return new StatementText(stripper.getText(document));
        }
    }

    /** The amount beside a name. */
    BigDecimal fact(String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> new BigDecimal(line.substring(name.length()).strip()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + text));
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
