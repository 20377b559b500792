package dev.artemis.scanning.python;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads string and number literals. */
final class Literals {

    private final String text;
    private final FieldParser fields;

    /** Parses an expression within a formatted string. */
    @FunctionalInterface
    interface FieldParser {
        Expr parse(int start, int end);
    }

    Literals(String text, FieldParser fields) {
        this.text = text;
        this.fields = fields;
    }

    /** A string token: a constant, or a formatted string with its fields. */
    Expr string(int start, int end) {
        int quote = start;
        while (text.charAt(quote) != '"' && text.charAt(quote) != '\'') {
            quote++;
        }
        char mark = text.charAt(quote);
        boolean triple = end - quote >= 6 && text.charAt(quote + 1) == mark && text.charAt(quote + 2) == mark;
        int inside = quote + (triple ? 3 : 1);
        int behind = end - (triple ? 3 : 1);
        boolean raw = StringBounds.has(text, start, quote, 'r');
        if (StringBounds.isFormatted(text, start, quote)) {
            List<Expr> parts = new ArrayList<>();
            formatted(inside, behind, mark, triple, raw, parts);
            return new Expr.Formatted(parts, start);
        }
        boolean bytes = StringBounds.has(text, start, quote, 'b');
        if (bytes) {
            requireAscii(inside, behind);
        }
        String content = plain(inside, behind, raw, bytes);
        return new Expr.Constant(bytes ? new Value.Binary(content) : new Value.Text(content), start);
    }

    private void requireAscii(int from, int to) {
        for (int at = from; at < to; at++) {
            if (text.charAt(at) >= 128) {
                throw new SyntaxFault("bytes hold a character that is none of ASCII's", at);
            }
        }
    }

    private String plain(int from, int to, boolean raw, boolean bytes) {
        String content = text.substring(from, to);
        return raw || content.indexOf('\\') < 0 ? content : Escapes.decoded(content, bytes, from);
    }

    private void formatted(int from, int to, char mark, boolean triple, boolean raw, List<Expr> parts) {
        var bounds = new StringBounds(text, to);
        var literal = new StringBuilder();
        int at = from;
        while (at < to) {
            char c = text.charAt(at);
            if ((c == '{' || c == '}') && at + 1 < to && text.charAt(at + 1) == c) {
                literal.append(c);
                at += 2;
            } else if (c == '{') {
                flush(literal, raw, at, parts);
                StringBounds.Field field = bounds.field(at, mark, triple, raw);
                Expr value = fields.parse(field.start(), field.expression());
                boolean asItIs = text.charAt(field.expression()) == '}';
                // a format or a conversion changes the text in ways that are not followed
                parts.add(asItIs ? value : new Expr.Group(Expr.Kind.OTHER, List.of(value), at));
                if (field.spec() > 0) {
                    formatted(field.spec(), field.end() - 1, mark, triple, raw, parts);
                }
                at = field.end();
            } else if (c == '\\' && at + 1 < to && text.charAt(at + 1) != '{' && text.charAt(at + 1) != '}') {
                boolean named = !raw && text.startsWith("\\N{", at);
                int end = named ? text.indexOf('}', at) + 1 : at + 2;
                literal.append(text, at, Math.min(end, to));
                at = end;
            } else {
                literal.append(c);
                at++;
            }
        }
        flush(literal, raw, at, parts);
    }

    private static void flush(StringBuilder literal, boolean raw, int at, List<Expr> parts) {
        if (!literal.isEmpty()) {
            String content = literal.toString();
            parts.add(new Expr.Constant(new Value.Text(raw ? content : Escapes.decoded(content, false, at)), at));
            literal.setLength(0);
        }
    }

    /** A number token. Only whole numbers that fit are kept: nothing else makes a name. */
    Expr number(int start, int end) {
        return isShort(start, end)
                ? new Expr.Constant(Value.whole(Long.parseLong(text, start, end, 10)), start)
                : longer(start, end);
    }

    /** Decimal digits that surely fit: most numbers there are. */
    private boolean isShort(int start, int end) {
        if (end - start > 18 || (end - start > 1 && text.charAt(start) == '0')) {
            return false;
        }
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    private Expr longer(int start, int end) {
        String digits = text.substring(start, end).replace("_", "").toLowerCase(Locale.ROOT);
        if (digits.length() > 70) {
            return new Expr.Constant(new Value.Other("number"), start);
        }
        try {
            BigInteger number = digits.startsWith("0x")
                    ? new BigInteger(digits.substring(2), 16)
                    : digits.startsWith("0o")
                            ? new BigInteger(digits.substring(2), 8)
                            : digits.startsWith("0b") ? new BigInteger(digits.substring(2), 2) : new BigInteger(digits);
            return new Expr.Constant(
                    number.bitLength() < 63 ? new Value.Whole(number.longValue()) : new Value.Other("number"), start);
        } catch (NumberFormatException e) {
            // a float or a complex number
            return new Expr.Constant(new Value.Other("number"), start);
        }
    }
}
