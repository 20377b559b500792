package dev.artemis.scanning.python;

import java.util.Set;

/** Where string literals end. Formatted strings may hold strings with the same quotes in their fields (PEP 701). */
final class StringBounds {

    /** CPython allows 150. */
    private static final int MOST_NESTED = 100;

    private static final Set<String> CONVERSIONS = Set.of("s", "r", "a");

    private final String text;
    private final int limit;
    private int nested;

    StringBounds(String text, int limit) {
        this.text = text;
        this.limit = limit;
    }

    static boolean isPrefix(String text, int start, int end) {
        return switch (text.substring(start, end).toLowerCase(java.util.Locale.ROOT)) {
            case "", "r", "u", "b", "f", "t", "br", "rb", "fr", "rf", "tr", "rt" -> true;
            default -> false;
        };
    }

    static boolean isFormatted(String text, int start, int quote) {
        return has(text, start, quote, 'f') || has(text, start, quote, 't');
    }

    static boolean has(String text, int start, int quote, char letter) {
        for (int i = start; i < quote; i++) {
            if (Character.toLowerCase(text.charAt(i)) == letter) {
                return true;
            }
        }
        return false;
    }

    /** Behind the closing quotes of a literal whose prefix begins at start and whose quotes begin at quote. */
    int end(int start, int quote) {
        char mark = text.charAt(quote);
        boolean triple = isTriple(quote, mark);
        int inside = quote + (triple ? 3 : 1);
        return isFormatted(text, start, quote)
                ? endOfFormatted(inside, mark, triple, has(text, start, quote, 'r'))
                : endOfPlain(inside, mark, triple);
    }

    private int endOfPlain(int from, char mark, boolean triple) {
        for (int at = from; at < limit; at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == mark && (!triple || isTriple(at, mark))) {
                return at + (triple ? 3 : 1);
            } else if ((c == '\n' && !triple) || c == 0) {
                break;
            }
        }
        throw new SyntaxFault("a string is not closed", from - 1);
    }

    private int endOfFormatted(int from, char mark, boolean triple, boolean raw) {
        int at = from;
        while (at < limit) {
            char c = text.charAt(at);
            if (c == '\\') {
                at = behindBackslash(at, raw);
            } else if (c == mark && (!triple || isTriple(at, mark))) {
                return at + (triple ? 3 : 1);
            } else if ((c == '{' || c == '}') && at + 1 < limit && text.charAt(at + 1) == c) {
                at += 2;
            } else if (c == '{') {
                at = field(at, mark, triple, raw).end();
            } else if ((c == '\n' && !triple) || c == 0 || c == '}') {
                break;
            } else {
                at++;
            }
        }
        throw new SyntaxFault("a formatted string is not closed", from - 1);
    }

    private int behindBackslash(int at, boolean raw) {
        char next = at + 1 < limit ? text.charAt(at + 1) : 0;
        if (!raw && next == 'N' && at + 2 < limit && text.charAt(at + 2) == '{') {
            int close = text.indexOf('}', at);
            if (close < 0 || close >= limit) {
                throw new SyntaxFault("a character's name is not closed", at);
            }
            return close + 1;
        }
        return next == '{' || next == '}' ? at + 1 : at + 2;
    }

    /**
     * A replacement field.
     *
     * @param expression end of its expression, "=" and "!r" excluded
     * @param spec where its format begins; 0 where it has none
     * @param end behind its closing brace
     */
    record Field(int start, int expression, int spec, int end) {}

    /** The field whose brace is at that place. */
    Field field(int brace, char mark, boolean triple, boolean raw) {
        if (++nested > MOST_NESTED) {
            throw new SyntaxFault("formatted strings are nested too deep", brace);
        }
        int at = behindExpression(brace + 1);
        int expression = at;
        if (text.charAt(at) == '!') {
            at++;
            int conversion = at;
            while (at < limit && text.charAt(at) != ':' && text.charAt(at) != '}') {
                at++;
            }
            if (!CONVERSIONS.contains(text.substring(conversion, at).stripTrailing())) {
                throw new SyntaxFault("a conversion that there is none of", conversion);
            }
        }
        int spec = 0;
        if (at < limit && text.charAt(at) == ':') {
            spec = ++at;
            at = behindSpec(at, mark, triple, raw);
        }
        if (at >= limit || text.charAt(at) != '}') {
            throw new SyntaxFault("a field is not closed", brace);
        }
        nested--;
        return new Field(brace + 1, withoutDebugSign(brace + 1, expression), spec, at + 1);
    }

    private int behindSpec(int from, char mark, boolean triple, boolean raw) {
        int at = from;
        while (at < limit && text.charAt(at) != '}') {
            char c = text.charAt(at);
            if (c == '{') {
                at = field(at, mark, triple, raw).end();
            } else if (c == '\\') {
                at = behindBackslash(at, raw);
            } else if ((c == mark && (!triple || isTriple(at, mark))) || (c == '\n' && !triple)) {
                throw new SyntaxFault("a field is not closed", from);
            } else {
                at++;
            }
        }
        return at;
    }

    /** To the "!", ":" or "}" that ends a field's expression. */
    private int behindExpression(int from) {
        int depth = 0;
        int at = from;
        while (at < limit) {
            char c = text.charAt(at);
            switch (c) {
                case '(', '[', '{' -> depth++;
                case ')', ']' -> depth--;
                case '}' -> {
                    if (depth == 0) {
                        return at;
                    }
                    depth--;
                }
                case ':' -> {
                    if (depth == 0) {
                        return at;
                    }
                }
                case '!' -> {
                    if (depth == 0 && !(at + 1 < limit && text.charAt(at + 1) == '=')) {
                        return at;
                    }
                }
                case '#' -> at = text.indexOf('\n', at) < 0 ? limit : text.indexOf('\n', at) - 1;
                case '"', '\'' -> at = end(prefixBefore(at, from), at) - 1;
                case 0 -> throw new SyntaxFault("a NUL character", at);
                default -> {}
            }
            if (depth < 0) {
                break;
            }
            at++;
        }
        throw new SyntaxFault("a field is not closed", from);
    }

    private int prefixBefore(int quote, int from) {
        int start = quote;
        while (start > from && quote - start < 3 && Character.isLetterOrDigit(text.charAt(start - 1))) {
            start--;
        }
        return isPrefix(text, start, quote) ? start : quote;
    }

    /** f"{total=}" shows its own text. */
    private int withoutDebugSign(int start, int end) {
        int at = end;
        while (at > start && Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        boolean sign = at - 1 > start && text.charAt(at - 1) == '=' && "=!<>".indexOf(text.charAt(at - 2)) < 0;
        return sign ? at - 1 : end;
    }

    private boolean isTriple(int at, char mark) {
        return at + 2 < limit && text.charAt(at) == mark && text.charAt(at + 1) == mark && text.charAt(at + 2) == mark;
    }
}
