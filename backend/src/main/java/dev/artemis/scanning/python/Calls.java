package dev.artemis.scanning.python;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What calls return that fetch things by name or assemble names: getattr, vars, import, join, decode and the like. */
final class Calls {

    private static final int MOST_EXPANDED = 32;

    /** Classes whose methods a rule knows: what they make is taken for the class itself. */
    private static final Set<String> MAKERS = Set.of(
            "cProfile.Profile",
            "profile.Profile",
            "trace.Trace",
            "pdb.Pdb",
            "bdb.Bdb",
            "doctest.DocTestRunner",
            "doctest.DocTestFinder");

    private final Meaning meaning;
    private final TextMethods texts;

    Calls(Meaning meaning) {
        this.meaning = meaning;
        this.texts = new TextMethods(meaning);
    }

    Value result(Expr.Call call, Value function, Env env) {
        Expr.Call plain = expanded(call, env);
        var found = new Alternatives();
        for (Value one : Value.each(function)) {
            found.add(result(one, plain, env));
        }
        return found.value();
    }

    /** {@code f(*(a, b))} as {@code f(a, b)}: the same call where no star is known. */
    Expr.Call expanded(Expr.Call call, Env env) {
        if (call.arguments().stream().noneMatch(Expr.Starred.class::isInstance)
                && call.keywords().stream().allMatch(keyword -> keyword.name() != null)) {
            return call;
        }
        List<Expr> arguments = new ArrayList<>(call.arguments().size());
        for (Expr argument : call.arguments()) {
            if (argument instanceof Expr.Starred(Expr of, int at)
                    && Slices.items(meaning.of(of, env)) instanceof Value.Items(List<Value> items, long itemsWeight)
                    && items.size() <= MOST_EXPANDED) {
                items.forEach(item -> arguments.add(new Expr.Constant(item, at)));
            } else {
                arguments.add(argument);
            }
        }
        List<Expr.Keyword> keywords = new ArrayList<>(call.keywords().size());
        for (Expr.Keyword keyword : call.keywords()) {
            if (keyword.name() == null
                    && meaning.of(keyword.value(), env) instanceof Value.Pairs(List<Value> keys, List<Value> values)) {
                for (int i = 0; i < keys.size() && i < MOST_EXPANDED; i++) {
                    if (keys.get(i) instanceof Value.Text(String name)) {
                        keywords.add(new Expr.Keyword(
                                name,
                                new Expr.Constant(values.get(i), keyword.value().at())));
                    }
                }
            } else {
                keywords.add(keyword);
            }
        }
        return new Expr.Call(call.function(), arguments, keywords, call.at());
    }

    private Value result(Value function, Expr.Call call, Env env) {
        return switch (function) {
            case Value.Symbol(String path) -> symbol(path, call, env);
            case Value.Method(Value of, String name) ->
                Value.each(of).size() == 1 ? method(of, name, call, env) : Value.UNKNOWN;
            case Value.Getter getter -> got(getter, argument(call, 0, env));
            case Value.OwnFunction(Scope scope) -> meaning.returned(scope);
            case Value.OwnClass made -> made;
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
            case "importlib.import_module",
                    "importlib.reload",
                    "pydoc.safeimport",
                    "importlib._bootstrap._gcd_import",
                    "_frozen_importlib._gcd_import" -> module(argument(call, 0, env));
            case "pkgutil.resolve_name", "pydoc.locate" -> located(argument(call, 0, env));
            case "operator.attrgetter", "operator.methodcaller" -> new Value.Getter(argument(call, 0, env), false);
            case "operator.itemgetter" -> new Value.Getter(argument(call, 0, env), true);
            case "operator.getitem" -> meaning.parts().item(argument(call, 0, env), argument(call, 1, env));
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
            case "builtins.dict",
                    "copy.copy",
                    "copy.deepcopy",
                    "types.MappingProxyType",
                    "collections.OrderedDict",
                    "collections.ChainMap",
                    "collections.UserDict" -> copied(argument(call, 0, env));
            case "inspect.getmembers" -> namesOf(argument(call, 0, env));
            case "builtins.bytes.fromhex", "builtins.bytearray.fromhex", "binascii.unhexlify", "binascii.a2b_hex" ->
                Codecs.unhex(Codecs.latin(argument(call, 0, env)));
            case "base64.b64decode", "base64.standard_b64decode", "base64.decodebytes", "binascii.a2b_base64" ->
                Codecs.base64(Codecs.latin(argument(call, 0, env)), false);
            case "base64.urlsafe_b64decode" -> Codecs.base64(Codecs.latin(argument(call, 0, env)), true);
            case "base64.b16decode" -> Codecs.unhex(Codecs.latin(argument(call, 0, env)));
            case "codecs.decode", "codecs.encode" -> Codecs.coded(argument(call, 0, env), argument(call, 1, env));
            default -> MAKERS.contains(path) ? new Value.Symbol(path) : Value.UNKNOWN;
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
                call.arguments().size() > 1 ? fetched(first, argument(call, 1, env)) : fetched(of, first);
            case Value.NamesOf names ->
                fetches ? meaning.parts().item(of, first) : name.equals("copy") ? of : Value.UNKNOWN;
            case Value.Modules modules ->
                switch (name) {
                    case "copy" -> of;
                    case "values" -> Value.items(List.of(Value.SOME_MODULE));
                    case "items" -> Value.items(List.of(Value.items(List.of(Value.UNKNOWN, Value.SOME_MODULE))));
                    case "popitem" -> Value.items(List.of(Value.UNKNOWN, Value.SOME_MODULE));
                    default -> fetches ? meaning.parts().item(of, first) : Value.UNKNOWN;
                };
            case Value.OwnNames names -> fetches ? meaning.parts().item(of, first) : Value.UNKNOWN;
            case Value.Pairs pairs -> fetches ? meaning.parts().item(of, first) : Value.UNKNOWN;
            case Value.Items items -> fetches ? meaning.parts().item(of, first) : Value.UNKNOWN;
            case Value.Text(String text) -> texts.result(text, name, call, env);
            case Value.Binary(String bytes) -> name.equals("decode") ? Codecs.decoded(bytes, first) : Value.UNKNOWN;
            default -> Value.UNKNOWN;
        };
    }

    /** The names that a copy of a dictionary has. */
    private static Value copied(Value of) {
        return each(of, value -> switch (value) {
            case Value.Pairs pairs -> pairs;
            case Value.NamesOf names -> names;
            case Value.Modules modules -> modules;
            case Value.OwnNames names -> names;
            default -> Value.UNKNOWN;
        });
    }

    // -- things by name

    /** {@code getattr(of, name)}. */
    Value fetched(Value of, Value name) {
        return each(
                name,
                one -> one instanceof Value.Text(String text) ? meaning.parts().attribute(of, text) : Value.UNKNOWN);
    }

    private Value got(Value.Getter getter, Value of) {
        if (getter.item()) {
            return meaning.parts().item(of, getter.name());
        }
        return each(getter.name(), name -> {
            if (!(Value.unlessLong(name) instanceof Value.Text(String path))) {
                return Value.UNKNOWN;
            }
            Value value = of;
            for (String step : path.split("\\.", MOST_EXPANDED)) {
                value = meaning.parts().attribute(value, step);
            }
            return value;
        });
    }

    private static Value namesOf(Value of) {
        return each(of, one -> one instanceof Value.Symbol(String path) ? new Value.NamesOf(path) : Value.UNKNOWN);
    }

    /** {@code __import__("a.b")} is a, unless names are asked for. */
    private Value imported(Expr.Call call, Env env) {
        Expr byKeyword = call.keyword("name");
        Value name = byKeyword == null ? argument(call, 0, env) : meaning.of(byKeyword, env);
        boolean whole = call.arguments().size() > 3 || call.keyword("fromlist") != null;
        return each(name, value -> {
            if (!(value instanceof Value.Text(String path)) || path.isEmpty()) {
                return Value.SOME_MODULE;
            }
            int dot = path.indexOf('.');
            return Paths.value(whole || dot < 0 ? path : path.substring(0, dot));
        });
    }

    private static Value module(Value name) {
        return each(name, value -> switch (value) {
            case Value.Text(String path) when !path.isEmpty() -> Paths.value(path);
            case Value.Symbol symbol -> symbol;
            default -> Value.SOME_MODULE;
        });
    }

    private static Value located(Value name) {
        return each(
                name,
                value -> value instanceof Value.Text(String path) && !path.isEmpty()
                        ? Paths.value(path.replace(':', '.'))
                        : Value.SOME_MODULE);
    }

    private Value typeOf(Expr.Call call, Env env) {
        return call.arguments().size() == 1
                ? meaning.parts().attribute(argument(call, 0, env), "__class__")
                : Value.UNKNOWN;
    }

    private Value mapped(Expr.Call call, Env env) {
        Value function = argument(call, 0, env);
        return meaning.assembly().each(argument(call, 1, env), value -> switch (function) {
            case Value.Symbol(String path)
            when path.equals("builtins.chr") ->
                value instanceof Value.Whole(long point) ? new Value.Text(Formats.character(point)) : Value.UNKNOWN;
            case Value.Closure(Expr.Lambda lambda, Env around) -> meaning.applied(lambda, around, List.of(value));
            case Value.Symbol(String path)
            when path.equals("builtins.__import__") || path.equals("importlib.import_module") -> module(value);
            default -> Value.UNKNOWN;
        });
    }

    // -- texts and numbers

    private Value text(Expr.Call call, Env env) {
        return switch (argument(call, 0, env)) {
            case Value.Text text -> text;
            case Value.Whole(long number) -> new Value.Text(Long.toString(number));
            case Value.Binary(String bytes)
            when call.arguments().size() > 1 || !call.keywords().isEmpty() ->
                Codecs.decoded(bytes, argument(call, 1, env));
            default -> Value.UNKNOWN;
        };
    }

    private static Value bytes(Value of) {
        return switch (Value.unlessLong(of)) {
            case Value.Binary binary -> binary;
            case Value.Text(String text) ->
                Value.binary(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
            case Value.Items(List<Value> items, long itemsWeight) -> {
                var bytes = new StringBuilder();
                for (Value item : items) {
                    if (!(item instanceof Value.Whole(long number)) || number < 0 || number > 255) {
                        yield Value.UNKNOWN;
                    }
                    bytes.append((char) number);
                }
                yield Value.binary(bytes.toString());
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
        if (!(Value.unlessLong(of) instanceof Value.Text(String text)) || radix < 2 || radix > 36) {
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

    private static Value each(Value values, UnaryOperator<Value> function) {
        if (!(values instanceof Value.OneOf(List<Value> all))) {
            return function.apply(Value.unlessLong(values));
        }
        var found = new Alternatives();
        all.forEach(value -> found.add(function.apply(Value.unlessLong(value))));
        return found.value();
    }
}
