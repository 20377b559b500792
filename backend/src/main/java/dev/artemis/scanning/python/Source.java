package dev.artemis.scanning.python;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a program, with universal newlines, and where its lines begin. */
final class Source {

    /** PEP 263: on the first line, or on the second behind a comment. */
    private static final Pattern COOKIE =
            Pattern.compile("\\A(?:[ \\t\\f]*(?:#[^\\n]*)?\\n)?[ \\t\\f]*#[^\\n]*?coding[:=][ \\t]*([-_.a-zA-Z0-9]+)");

    private static final Set<String> ASCII = Set.of("ascii", "us-ascii");

    private final String text;
    private final boolean marked;
    private final int[] lines;

    Source(String raw) {
        this.marked = raw.startsWith("\ufeff");
        String plain = marked ? raw.substring(1) : raw;
        this.text =
                plain.indexOf('\r') < 0 ? plain : plain.replace("\r\n", "\n").replace('\r', '\n');
        this.lines = beginnings(text);
    }

    String text() {
        return text;
    }

    /** The encoding that the program declares. */
    Optional<String> cookie() {
        Matcher matcher = COOKIE.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The name of an encoding as Python compares it. */
    static String encoding(String cookie) {
        return cookie.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isAscii() {
        return text.chars().allMatch(c -> c < 128);
    }

    /** Why Python cannot read a text that comes in UTF-8, by the encoding that it declares. */
    Optional<String> undecoded() {
        return cookie().map(Source::encoding).flatMap(name -> {
            if (marked && !name.equals("utf-8") && !name.startsWith("utf-8-")) {
                return Optional.of("declares another encoding than its mark");
            }
            return ASCII.contains(name) && !isAscii()
                    ? Optional.of("has characters that its encoding has not")
                    : Optional.empty();
        });
    }

    /** From 1. */
    int line(int at) {
        int found = Arrays.binarySearch(lines, at);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** From 1, in characters. */
    int column(int at) {
        int beginning = lines[line(at) - 1];
        return text.codePointCount(beginning, at) + 1;
    }

    private static int[] beginnings(String text) {
        int[] found = new int[64];
        int count = 1;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            if (count == found.length) {
                found = Arrays.copyOf(found, count * 2);
            }
            found[count++] = at + 1;
        }
        return Arrays.copyOf(found, count);
    }
}
