package dev.artemis.scanning.python;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the methods of a constant text give. Of long texts nothing is known: no name is made of them. */
final class TextMethods {

    private final Meaning meaning;

    TextMethods(Meaning meaning) {
        this.meaning = meaning;
    }

    /** {@code text.name(…)}; the call's stars are expanded. */
    Value result(String text, String name, Expr.Call call, Env env) {
        if (text.length() > Arithmetic.MOST_TEXT) {
            return Value.UNKNOWN;
        }
        Value first = Value.unlessLong(argument(call, 0, env));
        return switch (name) {
            case "join" ->
                Slices.items(first) instanceof Value.Items(List<Value> items, long itemsWeight)
                        ? Slices.joined(text, items)
                        : Value.UNKNOWN;
            case "replace" ->
                first instanceof Value.Text(String from)
                                && Value.unlessLong(argument(call, 1, env)) instanceof Value.Text(String to)
                                && call.arguments().size() == 2
                                && (long) text.length() * (to.length() + 1) < Arithmetic.MOST_TEXT
                        ? Value.text(text.replace(from, to))
                        : Value.UNKNOWN;
            case "lower", "casefold" -> Value.text(text.toLowerCase(Locale.ROOT));
            case "upper" -> Value.text(text.toUpperCase(Locale.ROOT));
            case "swapcase" -> Value.text(swapped(text));
            case "capitalize" ->
                Value.text(
                        text.isEmpty()
                                ? text
                                : text.substring(0, 1).toUpperCase(Locale.ROOT)
                                        + text.substring(1).toLowerCase(Locale.ROOT));
            case "strip" -> stripped(text, first, call, true, true);
            case "lstrip" -> stripped(text, first, call, true, false);
            case "rstrip" -> stripped(text, first, call, false, true);
            case "removeprefix" ->
                first instanceof Value.Text(String prefix)
                        ? new Value.Text(text.startsWith(prefix) ? text.substring(prefix.length()) : text)
                        : Value.UNKNOWN;
            case "removesuffix" ->
                first instanceof Value.Text(String suffix)
                        ? Value.text(text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text)
                        : Value.UNKNOWN;
            case "format" ->
                call.keywords().isEmpty()
                        ? Formats.braces(
                                text,
                                call.arguments().stream()
                                        .map(argument -> Value.unlessLong(meaning.of(argument, env)))
                                        .toList())
                        : Value.UNKNOWN;
            case "encode" ->
                Value.binary(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
            case "split" ->
                first instanceof Value.Text(String by) && !by.isEmpty()
                        ? split(text, by)
                        : call.arguments().isEmpty() ? split(text.strip(), " ") : Value.UNKNOWN;
            case "__add__" -> Arithmetic.of(new Value.Text(text), "+", first);
            case "__mod__" -> Arithmetic.of(new Value.Text(text), "%", first);
            case "__getitem__" -> meaning.parts().item(new Value.Text(text), first);
            default -> Value.UNKNOWN;
        };
    }

    private static Value split(String text, String by) {
        return Value.items(Arrays.stream(text.split(Pattern.quote(by), -1))
                .<Value>map(Value.Text::new)
                .toList());
    }

    private static Value stripped(String text, Value characters, Expr.Call call, boolean left, boolean right) {
        if (!call.arguments().isEmpty() && !(characters instanceof Value.Text)) {
            return Value.UNKNOWN;
        }
        String any = characters instanceof Value.Text(String given)
                        && !call.arguments().isEmpty()
                ? given
                : " \t\n\r\f\u000b";
        int start = 0;
        int end = text.length();
        while (left && start < end && any.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (right && end > start && any.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return new Value.Text(text.substring(start, end));
    }

    private static String swapped(String text) {
        var swapped = new StringBuilder();
        text.codePoints()
                .forEach(point -> swapped.appendCodePoint(
                        Character.isUpperCase(point) ? Character.toLowerCase(point) : Character.toUpperCase(point)));
        return swapped.toString();
    }

    private Value argument(Expr.Call call, int i, Env env) {
        return i < call.arguments().size() ? meaning.of(call.arguments().get(i), env) : Value.UNKNOWN;
    }
}
