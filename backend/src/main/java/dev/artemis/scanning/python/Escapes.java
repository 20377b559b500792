package dev.artemis.scanning.python;

/** Backslash escapes of string and bytes literals. */
final class Escapes {

    private Escapes() {}

    /**
     * A literal's text.
     *
     * @param start where the literal stands in the source
     * @throws SyntaxFault an escape is none
     */
    static String decoded(String content, boolean bytes, int start) {
        var out = new StringBuilder(content.length());
        int at = 0;
        while (at < content.length()) {
            char c = content.charAt(at++);
            if (c != '\\' || at == content.length()) {
                out.append(c);
            } else {
                at = escape(content, at, bytes, out, start);
            }
        }
        return out.toString();
    }

    private static int escape(String content, int at, boolean bytes, StringBuilder out, int start) {
        char c = content.charAt(at);
        switch (c) {
            case '\n' -> {}
            case '\\', '\'', '"' -> out.append(c);
            case 'a' -> out.append('\u0007');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'v' -> out.append('\u000b');
            case 'x' -> {
                return hex(content, at, 2, out, start);
            }
            case 'u' -> {
                if (!bytes) {
                    return hex(content, at, 4, out, start);
                }
                out.append('\\').append(c);
            }
            case 'U' -> {
                if (!bytes) {
                    return hex(content, at, 8, out, start);
                }
                out.append('\\').append(c);
            }
            case 'N' -> {
                if (!bytes) {
                    int close = content.indexOf('}', at);
                    if (close < 0 || content.charAt(at + 1) != '{') {
                        throw new SyntaxFault("a character's name is not closed", start);
                    }
                    out.appendCodePoint(CharacterNames.character(content.substring(at + 2, close), start));
                    return close + 1;
                }
                out.append('\\').append(c);
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                int end = at;
                while (end < content.length() && end < at + 3 && Character.digit(content.charAt(end), 8) >= 0) {
                    end++;
                }
                out.append((char) Integer.parseInt(content.substring(at, end), 8));
                return end;
            }
            default -> out.append('\\').append(c);
        }
        return at + 1;
    }

    private static int hex(String content, int at, int digits, StringBuilder out, int start) {
        int end = at + 1 + digits;
        int point = 0;
        for (int i = at + 1; i < end; i++) {
            int digit = i < content.length() ? Character.digit(content.charAt(i), 16) : -1;
            if (digit < 0) {
                throw new SyntaxFault("an escape is cut short", start);
            }
            point = point * 16 + digit;
            if (point > 0x10ffff) {
                throw new SyntaxFault("an escape names no character", start);
            }
        }
        out.appendCodePoint(point);
        return end;
    }
}
