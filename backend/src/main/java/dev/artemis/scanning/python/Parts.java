package dev.artemis.scanning.python;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is within values: attributes, items and slices of them. */
final class Parts {

    private final Meaning meaning;
    private final Effort effort;

    Parts(Meaning meaning, Effort effort) {
        this.meaning = meaning;
        this.effort = effort;
    }

    Value attribute(Value of, String name) {
        if (of instanceof Value.Unknown) {
            return Value.UNKNOWN;
        }
        if (of instanceof Value.Symbol symbol) {
            return ofSymbol(symbol, name);
        }
        var found = new Alternatives();
        for (Value value : Value.each(of)) {
            found.add(
                    switch (value) {
                        case Value.Symbol symbol -> ofSymbol(symbol, name);
                        case Value.OwnFunction function -> ofFunction(value, name);
                        case Value.Closure closure -> ofFunction(value, name);
                        case Value.Text text -> new Value.Method(value, name);
                        case Value.Binary binary -> new Value.Method(value, name);
                        case Value.Items items -> new Value.Method(value, name);
                        case Value.Pairs pairs -> new Value.Method(value, name);
                        case Value.NamesOf namesOf -> new Value.Method(value, name);
                        case Value.OwnNames ownNames -> new Value.Method(value, name);
                        case Value.Modules modules -> new Value.Method(value, name);
                        case Value.Method method -> name.equals("__call__") ? value : Value.UNKNOWN;
                        case Value.Getter getter -> name.equals("__call__") ? value : Value.UNKNOWN;
                        case Value.OwnClass(Scope scope) -> ofClass(value, scope, name);
                        default -> Value.UNKNOWN;
                    });
        }
        return found.value();
    }

    private static Value ofSymbol(Value.Symbol symbol, String name) {
        return switch (name) {
            case "__getattribute__", "__getattr__" -> new Value.Method(symbol, "__getattribute__");
            case "__call__" -> symbol;
            default -> Paths.attribute(symbol.path(), name);
        };
    }

    /** A function's class makes functions of code objects, whose class makes them of anything. */
    private static Value ofFunction(Value function, String name) {
        return switch (name) {
            case "__class__" -> new Value.Symbol("types.FunctionType");
            case "__code__" -> new Value.Symbol(Paths.SOME_CODE);
            case "__call__" -> function;
            default -> Value.UNKNOWN;
        };
    }

    /** What a class makes is taken for the class itself. */
    private Value ofClass(Value type, Scope scope, String name) {
        if (!scope.bindings(name).isEmpty()) {
            return meaning.named(scope, name);
        }
        return name.equals("__class__") ? type : Value.UNKNOWN;
    }

    Value index(Expr.Index index, Env env) {
        Value of = meaning.of(index.of(), env);
        if (index.key() instanceof Expr.Slice slice) {
            return slice(of, slice, env);
        }
        return item(of, meaning.of(index.key(), env));
    }

    /** {@code of[key]}. */
    Value item(Value of, Value key) {
        if (of instanceof Value.Unknown) {
            return Value.UNKNOWN;
        }
        var found = new Alternatives();
        for (Value value : Value.each(of)) {
            for (Value one : Value.each(key)) {
                if (effort.step() && !found.isFull()) {
                    found.add(oneItem(value, one));
                }
            }
        }
        return found.value();
    }

    private Value oneItem(Value of, Value key) {
        return switch (of) {
            case Value.Items(List<Value> items, long itemsWeight)
            when key instanceof Value.Whole(long number) -> {
                long i = number < 0 ? number + items.size() : number;
                yield i >= 0 && i < items.size() ? items.get((int) i) : Value.UNKNOWN;
            }
            case Value.Text(String text)
            when key instanceof Value.Whole(long number) && text.length() <= Arithmetic.MOST_TEXT -> {
                long i = number < 0 ? number + text.length() : number;
                yield i >= 0 && i < text.length()
                        ? new Value.Text(String.valueOf(text.charAt((int) i)))
                        : Value.UNKNOWN;
            }
            case Value.Pairs(List<Value> keys, List<Value> values) -> {
                effort.take(keys.size());
                int i = keys.lastIndexOf(key);
                yield i >= 0 && !isUnsure(keys) ? values.get(i) : anyOf(values);
            }
            case Value.NamesOf(String path) ->
                switch (key) {
                    case Value.Text(String name) -> Paths.attribute(path, name);
                    // all members of a module, as pairs, are its names too
                    case Value.Whole whole -> member(path);
                    default -> Value.UNKNOWN;
                };
            case Value.Symbol(String path)
            when path.equals("builtins") && key instanceof Value.Text(String name) -> Paths.attribute(path, name);
            case Value.Modules modules ->
                key instanceof Value.Text(String name) ? Paths.value(name) : Value.SOME_MODULE;
            case Value.OwnNames(Scope scope) when key instanceof Value.Text(String name) -> ownName(scope, name);
            default -> Value.UNKNOWN;
        };
    }

    /** A name of a module, and what it has by that name. */
    static Value member(String module) {
        return Value.items(List.of(Value.UNKNOWN, Paths.someOf(module)));
    }

    /** A key that is not known may be any. */
    private static boolean isUnsure(List<Value> keys) {
        return keys.contains(Value.UNKNOWN);
    }

    static Value anyOf(List<Value> values) {
        var any = new Alternatives();
        values.forEach(any::add);
        return any.value();
    }

    /** {@code globals()["eval"]} is no builtin: only what the module binds is there. */
    private Value ownName(Scope scope, String name) {
        if (name.equals("__builtins__")) {
            return new Value.Symbol("builtins");
        }
        return scope.bindings(name).isEmpty() ? Value.UNKNOWN : meaning.named(scope, name);
    }

    Value slice(Value of, Expr.Slice slice, Env env) {
        if (of instanceof Value.Unknown) {
            return Value.UNKNOWN;
        }
        Long from = bound(slice.from(), env);
        Long to = bound(slice.to(), env);
        Long step = bound(slice.step(), env);
        boolean unknown = (slice.from() != null && from == null)
                || (slice.to() != null && to == null)
                || (slice.step() != null && step == null);
        return unknown || (step != null && step == 0) ? Value.UNKNOWN : effort.spent(Slices.of(of, from, to, step));
    }

    private @Nullable Long bound(@Nullable Expr expr, Env env) {
        return expr != null && meaning.of(expr, env) instanceof Value.Whole(long number) ? number : null;
    }
}
