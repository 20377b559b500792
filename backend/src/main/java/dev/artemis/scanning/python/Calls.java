package dev.artemis.scanning.python;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What calls return that fetch things by name or assemble names: getattr, vars, import, join, decode and the like. */
final class Calls {

    private final Meaning meaning;

    Calls(Meaning meaning) {
        this.meaning = meaning;
    }

    Value result(Expr.Call call, Value function, Env env) {
        Set<Value> found = new LinkedHashSet<>(2);
        for (Value one : Value.each(function)) {
            found.add(result(one, call, env));
        }
        return Meaning.oneOf(found);
    }

    private Value result(Value function, Expr.Call call, Env env) {
        return switch (function) {
            case Value.Symbol(String path) -> symbol(path, call, env);
            case Value.Method(Value of, String name) ->
                Value.each(of).size() == 1 ? method(of, name, call, env) : Value.UNKNOWN;
            case Value.Getter getter -> got(getter, argument(call, 0, env));
            case Value.OwnFunction(Scope scope) -> meaning.returned(scope);
            case Value.Closure(Expr.Lambda lambda, Env around) -> meaning.applied(lambda, around, arguments(call, env));
            default -> Value.UNKNOWN;
        };
    }

    List<Value> arguments(Expr.Call call, Env env) {
        List<Value> values = new ArrayList<>(call.arguments().size());
        for (Expr argument : call.arguments()) {
            values.add(meaning.of(argument, env));
        }
        return values;
    }

    private Value argument(Expr.Call call, int i, Env env) {
        return i < call.arguments().size() ? meaning.of(call.arguments().get(i), env) : Value.UNKNOWN;
    }

    private Value symbol(String path, Expr.Call call, Env env) {
        return switch (path) {
            case "builtins.getattr", "inspect.getattr_static" ->
                fetched(argument(call, 0, env), argument(call, 1, env));
            case "builtins.vars" ->
                call.arguments().isEmpty() ? new Value.OwnNames(env.scope().module()) : namesOf(argument(call, 0, env));
            case "builtins.globals", "builtins.locals" ->
                new Value.OwnNames(env.scope().module());
            case "builtins.__import__", "importlib.__import__" -> imported(call, env);
            case "importlib.import_module", "importlib.reload", "pydoc.safeimport" -> module(argument(call, 0, env));
            case "pkgutil.resolve_name", "pydoc.locate" -> located(argument(call, 0, env));
            case "operator.attrgetter", "operator.methodcaller" -> new Value.Getter(argument(call, 0, env), false);
            case "operator.itemgetter" -> new Value.Getter(argument(call, 0, env), true);
            case "operator.getitem" -> meaning.item(argument(call, 0, env), argument(call, 1, env));
            case "builtins.type" -> typeOf(call, env);
            case "builtins.map" -> mapped(call, env);
            case "builtins.chr" ->
                each(
                        argument(call, 0, env),
                        value -> value instanceof Value.Whole(long point)
                                        && !Formats.character(point).isEmpty()
                                ? new Value.Text(Formats.character(point))
                                : Value.UNKNOWN);
            case "builtins.ord" ->
                argument(call, 0, env) instanceof Value.Text(String text) && text.codePointCount(0, text.length()) == 1
                        ? new Value.Whole(text.codePointAt(0))
                        : Value.UNKNOWN;
            case "builtins.str" -> text(call, env);
            case "builtins.bytes", "builtins.bytearray" -> bytes(argument(call, 0, env));
            case "builtins.int" -> whole(call, env);
            case "builtins.list", "builtins.tuple" ->
                Slices.items(argument(call, 0, env)) instanceof Value.Items items ? items : Value.UNKNOWN;
            case "builtins.reversed" ->
                Slices.items(Slices.of(argument(call, 0, env), null, null, -1L)) instanceof Value.Items items
                        ? items
                        : Value.UNKNOWN;
            case "builtins.dict" -> argument(call, 0, env) instanceof Value.Pairs pairs ? pairs : Value.UNKNOWN;
            case "builtins.bytes.fromhex", "builtins.bytearray.fromhex", "binascii.unhexlify", "binascii.a2b_hex" ->
                unhex(latin(argument(call, 0, env)));
            case "base64.b64decode", "base64.standard_b64decode", "base64.decodebytes", "binascii.a2b_base64" ->
                base64(latin(argument(call, 0, env)), false);
            case "base64.urlsafe_b64decode" -> base64(latin(argument(call, 0, env)), true);
            case "base64.b16decode" -> unhex(latin(argument(call, 0, env)));
            case "codecs.decode", "codecs.encode" -> coded(argument(call, 0, env), argument(call, 1, env));
            default -> Value.UNKNOWN;
        };
    }

    private Value method(Value of, String name, Expr.Call call, Env env) {
        boolean fetches = switch (name) {
            case "get", "__getitem__", "pop", "setdefault" -> true;
            default -> false;
        };
        Value first = argument(call, 0, env);
        return switch (of) {
            case Value.Symbol(String path) ->
                isOfAnyObject(path) ? fetched(first, argument(call, 1, env)) : fetched(of, first);
            case Value.NamesOf names -> fetches ? meaning.item(of, first) : Value.UNKNOWN;
            case Value.Modules modules -> fetches ? meaning.item(of, first) : Value.UNKNOWN;
            case Value.OwnNames names -> fetches ? meaning.item(of, first) : Value.UNKNOWN;
            case Value.Pairs pairs -> fetches ? meaning.item(of, first) : Value.UNKNOWN;
            case Value.Items items -> fetches ? meaning.item(of, first) : Value.UNKNOWN;
            case Value.Text(String text) -> textMethod(text, name, call, env);
            case Value.Binary(String bytes) -> name.equals("decode") ? decoded(bytes, first) : Value.UNKNOWN;
            default -> Value.UNKNOWN;
        };
    }

    /** {@code object.__getattribute__(os, "system")}: the object comes first. */
    static boolean isOfAnyObject(String path) {
        return path.equals("builtins.object") || path.equals("builtins.type") || path.equals("builtins.super");
    }

    // -- things by name

    /** {@code getattr(of, name)}. */
    private Value fetched(Value of, Value name) {
        Set<Value> found = new LinkedHashSet<>(2);
        for (Value one : Value.each(name)) {
            found.add(one instanceof Value.Text(String text) ? meaning.attribute(of, text) : Value.UNKNOWN);
        }
        return Meaning.oneOf(found);
    }

    private Value got(Value.Getter getter, Value of) {
        if (getter.item()) {
            return meaning.item(of, getter.name());
        }
        Set<Value> found = new LinkedHashSet<>(2);
        for (Value name : Value.each(getter.name())) {
            if (name instanceof Value.Text(String path)) {
                Value value = of;
                for (String step : path.split("\\.")) {
                    value = meaning.attribute(value, step);
                }
                found.add(value);
            }
        }
        return Meaning.oneOf(found);
    }

    private static Value namesOf(Value of) {
        Set<Value> found = new LinkedHashSet<>(2);
        for (Value one : Value.each(of)) {
            found.add(one instanceof Value.Symbol(String path) ? new Value.NamesOf(path) : Value.UNKNOWN);
        }
        return Meaning.oneOf(found);
    }

    /** {@code __import__("a.b")} is a, unless names are asked for. */
    private Value imported(Expr.Call call, Env env) {
        Expr byKeyword = call.keyword("name");
        Value name = byKeyword == null ? argument(call, 0, env) : meaning.of(byKeyword, env);
        boolean whole = call.arguments().size() > 3 || call.keyword("fromlist") != null;
        return each(name, value -> {
            if (!(value instanceof Value.Text(String path)) || path.isEmpty()) {
                return Value.UNKNOWN;
            }
            int dot = path.indexOf('.');
            return Paths.value(whole || dot < 0 ? path : path.substring(0, dot));
        });
    }

    private static Value module(Value name) {
        return each(name, value -> switch (value) {
            case Value.Text(String path) when !path.isEmpty() -> Paths.value(path);
            case Value.Symbol symbol -> symbol;
            default -> Value.UNKNOWN;
        });
    }

    private static Value located(Value name) {
        return each(
                name,
                value -> value instanceof Value.Text(String path) && !path.isEmpty()
                        ? Paths.value(path.replace(':', '.'))
                        : Value.UNKNOWN);
    }

    private Value typeOf(Expr.Call call, Env env) {
        boolean function = call.arguments().size() == 1
                && (argument(call, 0, env) instanceof Value.OwnFunction
                        || argument(call, 0, env) instanceof Value.Closure);
        return function ? new Value.Symbol("types.FunctionType") : Value.UNKNOWN;
    }

    private Value mapped(Expr.Call call, Env env) {
        Value function = argument(call, 0, env);
        return meaning.each(argument(call, 1, env), value -> switch (function) {
            case Value.Symbol(String path)
            when path.equals("builtins.chr") ->
                value instanceof Value.Whole(long point) ? new Value.Text(Formats.character(point)) : Value.UNKNOWN;
            case Value.Closure(Expr.Lambda lambda, Env around) -> meaning.applied(lambda, around, List.of(value));
            case Value.Symbol(String path)
            when path.equals("builtins.__import__") || path.equals("importlib.import_module") -> module(value);
            default -> Value.UNKNOWN;
        });
    }

    // -- names assembled

    private Value textMethod(String text, String name, Expr.Call call, Env env) {
        Value first = argument(call, 0, env);
        return switch (name) {
            case "join" ->
                Slices.items(first) instanceof Value.Items(List<Value> items, long itemsWeight)
                        ? Slices.joined(text, items)
                        : Value.UNKNOWN;
            case "replace" ->
                first instanceof Value.Text(String from)
                                && argument(call, 1, env) instanceof Value.Text(String to)
                                && call.arguments().size() == 2
                                && (long) text.length() * (to.length() + 1) < Arithmetic.MOST_TEXT
                        ? new Value.Text(text.replace(from, to))
                        : Value.UNKNOWN;
            case "lower", "casefold" -> new Value.Text(text.toLowerCase(Locale.ROOT));
            case "upper" -> new Value.Text(text.toUpperCase(Locale.ROOT));
            case "swapcase" -> new Value.Text(swapped(text));
            case "capitalize" ->
                new Value.Text(
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
                        ? new Value.Text(
                                text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text)
                        : Value.UNKNOWN;
            case "format" -> call.keywords().isEmpty() ? Formats.braces(text, arguments(call, env)) : Value.UNKNOWN;
            case "encode" ->
                new Value.Binary(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
            case "split" ->
                first instanceof Value.Text(String by) && !by.isEmpty()
                        ? split(text, by)
                        : call.arguments().isEmpty() ? split(text.strip(), " ") : Value.UNKNOWN;
            case "__add__" -> Arithmetic.of(new Value.Text(text), "+", first);
            case "__mod__" -> Arithmetic.of(new Value.Text(text), "%", first);
            case "__getitem__" -> meaning.item(new Value.Text(text), first);
            default -> Value.UNKNOWN;
        };
    }

    private static Value split(String text, String by) {
        return Value.items(java.util.Arrays.stream(text.split(java.util.regex.Pattern.quote(by), -1))
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

    private Value text(Expr.Call call, Env env) {
        return switch (argument(call, 0, env)) {
            case Value.Text text -> text;
            case Value.Whole(long number) -> new Value.Text(Long.toString(number));
            case Value.Binary(String bytes)
            when call.arguments().size() > 1 || !call.keywords().isEmpty() -> decoded(bytes, argument(call, 1, env));
            default -> Value.UNKNOWN;
        };
    }

    private static Value bytes(Value of) {
        return switch (of) {
            case Value.Binary binary -> binary;
            case Value.Text(String text) ->
                new Value.Binary(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
            case Value.Items(List<Value> items, long itemsWeight) -> {
                var bytes = new StringBuilder();
                for (Value item : items) {
                    if (!(item instanceof Value.Whole(long number)) || number < 0 || number > 255) {
                        yield Value.UNKNOWN;
                    }
                    bytes.append((char) number);
                }
                yield new Value.Binary(bytes.toString());
            }
            default -> Value.UNKNOWN;
        };
    }

    private Value whole(Expr.Call call, Env env) {
        Value of = argument(call, 0, env);
        if (of instanceof Value.Whole whole && call.arguments().size() == 1) {
            return whole;
        }
        long radix = call.arguments().size() == 1
                ? 10
                : argument(call, 1, env) instanceof Value.Whole(long given) ? given : 0;
        if (!(of instanceof Value.Text(String text)) || radix < 2 || radix > 36) {
            return Value.UNKNOWN;
        }
        String digits = text.strip().toLowerCase(Locale.ROOT).replace("_", "");
        String prefix = radix == 16 ? "0x" : radix == 8 ? "0o" : radix == 2 ? "0b" : "\0";
        try {
            return new Value.Whole(
                    Long.parseLong(digits.startsWith(prefix) ? digits.substring(2) : digits, (int) radix));
        } catch (NumberFormatException e) {
            return Value.UNKNOWN;
        }
    }

    private static Value decoded(String bytes, Value encoding) {
        String name = encoding instanceof Value.Text(String given)
                ? given.toLowerCase(Locale.ROOT).replace('_', '-')
                : "utf-8";
        return switch (name) {
            case "utf-8", "utf8", "ascii", "us-ascii" ->
                new Value.Text(new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
            case "latin-1", "latin1", "iso-8859-1" -> new Value.Text(bytes);
            default -> coded(new Value.Binary(bytes), encoding);
        };
    }

    private static Value coded(Value of, Value codec) {
        if (!(codec instanceof Value.Text(String given))) {
            return Value.UNKNOWN;
        }
        String name = given.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
        return switch (name) {
            case "rot13" -> of instanceof Value.Text(String text) ? new Value.Text(rotated(text)) : Value.UNKNOWN;
            case "hex", "hexcodec" -> unhex(latin(of));
            case "base64", "base64codec" -> base64(latin(of), false);
            case "utf8", "ascii", "latin1" ->
                of instanceof Value.Binary(String bytes) ? decoded(bytes, codec) : Value.UNKNOWN;
            case "unicodeescape" -> of instanceof Value.Binary(String bytes) ? unescaped(bytes) : Value.UNKNOWN;
            default -> Value.UNKNOWN;
        };
    }

    private static Value unescaped(String bytes) {
        try {
            return new Value.Text(Escapes.decoded(bytes, false));
        } catch (SyntaxFault e) {
            return Value.UNKNOWN;
        }
    }

    private static String rotated(String text) {
        var rotated = new StringBuilder(text.length());
        for (char c : text.toCharArray()) {
            if (c >= 'a' && c <= 'z') {
                rotated.append((char) ('a' + (c - 'a' + 13) % 26));
            } else if (c >= 'A' && c <= 'Z') {
                rotated.append((char) ('A' + (c - 'A' + 13) % 26));
            } else {
                rotated.append(c);
            }
        }
        return rotated.toString();
    }

    private static @Nullable String latin(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Binary(String bytes) -> bytes;
            default -> null;
        };
    }

    private static Value unhex(@Nullable String hex) {
        try {
            return hex == null
                    ? Value.UNKNOWN
                    : new Value.Binary(
                            new String(HexFormat.of().parseHex(hex.replace(" ", "")), StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return Value.UNKNOWN;
        }
    }

    private static Value base64(@Nullable String text, boolean urlSafe) {
        if (text == null || text.length() > 100_000) {
            return Value.UNKNOWN;
        }
        try {
            Base64.Decoder decoder = urlSafe ? Base64.getUrlDecoder() : Base64.getMimeDecoder();
            return new Value.Binary(new String(
                    decoder.decode(text.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return Value.UNKNOWN;
        }
    }

    private static Value each(Value values, java.util.function.UnaryOperator<Value> function) {
        if (!(values instanceof Value.OneOf(List<Value> all))) {
            return function.apply(values);
        }
        Set<Value> found = new LinkedHashSet<>();
        all.forEach(value -> found.add(function.apply(value)));
        return Meaning.oneOf(found);
    }
}
