package dev.artemis.exports;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Bidi;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openpdf.text.Chunk;
import org.openpdf.text.Font;
import org.openpdf.text.Phrase;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfWriter;

/**
 * Texts of one PDF, in fonts that are embedded with the letters that are used: DejaVu Sans for the scripts of Europe and
 * the Near East, WenQuanYi Micro Hei for Chinese, Japanese and Korean. A character that neither has is written as its
 * number, [U+1F9FE]: nothing is left out, and {@link #hasNumbers} tells.
 */
final class PdfTexts {

    /** How a text looks. */
    record Style(float size, Weight weight) {}

    enum Weight {
        PLAIN(Font.NORMAL),
        BOLD(Font.BOLD);

        private final int code;

        Weight(int code) {
            this.code = code;
        }
    }

    private record Key(Face face, Style style) {}

    private enum Face {
        DEJAVU("DejaVuSans.ttf", ""),
        MICRO_HEI("wqy-microhei.ttc", ",0");

        private final String file;
        private final String member;

        Face(String file, String member) {
            this.file = file;
            this.member = member;
        }

        private BaseFont read() {
            try (InputStream font = Objects.requireNonNull(PdfTexts.class.getResourceAsStream("/fonts/" + file))) {
                return BaseFont.createFont(
                        file + member, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, false, font.readAllBytes(), null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final Map<Face, BaseFont> faces = new HashMap<>();
    private final Map<Key, Font> fonts = new HashMap<>();
    private boolean numbers;

    Phrase phrase(String text, Style style) {
        var phrase = new Phrase();
        phrase.setFont(font(Face.DEJAVU, style));
        var run = new StringBuilder();
        Face face = Face.DEJAVU;
        for (int point :
                text.replace("\r\n", "\n").replace('\t', ' ').codePoints().toArray()) {
            @Nullable Face has = face(point);
            Face next = has == null ? Face.DEJAVU : has;
            if (next != face && !run.isEmpty()) {
                phrase.add(new Chunk(run.toString(), font(face, style)));
                run.setLength(0);
            }
            face = next;
            if (has == null) {
                run.append("[U+%04X]".formatted(point));
                numbers = true;
            } else {
                run.appendCodePoint(point);
            }
        }
        phrase.add(new Chunk(run.toString(), font(face, style)));
        return phrase;
    }

    /** Whether a character was written as its number. */
    boolean hasNumbers() {
        return numbers;
    }

    /** A cell with a text, from right to left where its letters are written so. */
    PdfPCell cell(String text, Style style, int alignment) {
        var cell = new PdfPCell(phrase(text, style));
        cell.setHorizontalAlignment(alignment);
        char[] characters = text.toCharArray();
        if (Bidi.requiresBidi(characters, 0, characters.length)) {
            cell.setRunDirection(PdfWriter.RUN_DIRECTION_DEFAULT);
        }
        return cell;
    }

    /** The large font is read only for a character that the small one has not. */
    private @Nullable Face face(int point) {
        if (point == '\n') {
            return Face.DEJAVU;
        }
        for (Face face : Face.values()) {
            if (!Character.isISOControl(point) && base(face).charExists(point)) {
                return face;
            }
        }
        return null;
    }

    private Font font(Face face, Style style) {
        return fonts.computeIfAbsent(
                new Key(face, style), key -> new Font(base(face), style.size(), style.weight().code));
    }

    private BaseFont base(Face face) {
        return faces.computeIfAbsent(face, Face::read);
    }
}
