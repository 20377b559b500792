package dev.artemis.ui.runs;

/**
 * A program's output for people to read. It is hostile: control and direction characters become visible signs, so that
 * nothing hides or turns the text; the browser gets it as text, never as markup.
 */
final class SafeText {

    private static final int SYMBOL_OF_NUL = 0x2400;
    private static final char SYMBOL_OF_DELETE = '\u2421';

    private SafeText() {}

    /** The same text with harmful characters made visible; line breaks and tabs stay. */
    static String of(String text) {
        var readable = new StringBuilder(text.length());
        text.replace("\r\n", "\n").codePoints().forEach(point -> {
            if (point == '\n' || point == '\t') {
                readable.appendCodePoint(point);
            } else if (point < ' ') {
                readable.appendCodePoint(SYMBOL_OF_NUL + point);
            } else if (point == 0x7f) {
                readable.append(SYMBOL_OF_DELETE);
            } else if (hidden(point)) {
                readable.append("\u27e8U+").append("%04X".formatted(point)).append('\u27e9');
            } else {
                readable.appendCodePoint(point);
            }
        });
        return readable.toString();
    }

    private static boolean hidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
