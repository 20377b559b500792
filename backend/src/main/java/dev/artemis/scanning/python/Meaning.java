package dev.artemis.scanning.python;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what expressions are, as far as that can be known without running them: names through scopes, aliases and
 * imports, constants through the operations that assemble names. Bounded: what takes too many steps stays unknown, and
 * {@link #isExhausted()} says so.
 */
final class Meaning {

    private static final int MOST_STEPS = 3_000_000;
    private static final int MOST_DEPTH = 150;
    private static final int MOST_ALTERNATIVES = 16;
    private static final int MOST_SYMBOLS = 64;
    private static final int MOST_ITEMS = 2_000;

    /** Builtins that a rule or a folded call knows; any other is as good as unknown. */
    private static final Set<String> BUILTINS = Set.of(
            "eval",
            "exec",
            "execfile",
            "compile",
            "__import__",
            "getattr",
            "setattr",
            "delattr",
            "hasattr",
            "vars",
            "globals",
            "locals",
            "dir",
            "chr",
            "ord",
            "str",
            "bytes",
            "bytearray",
            "int",
            "list",
            "tuple",
            "dict",
            "reversed",
            "map",
            "type",
            "object",
            "super",
            "breakpoint",
            "print",
            "isinstance",
            "id",
            "repr",
            "help",
            "len",
            "bool");

    private final Map<Scope, Map<String, Value>> names = new IdentityHashMap<>();
    /** A name that is being looked for: what was found so far. */
    private record Looking(int depth, Set<Value> found) {}

    private final Map<Scope, Map<String, Looking>> beingFound = new IdentityHashMap<>();
    private final Map<Scope, Value> results = new IdentityHashMap<>();
    private final Map<Expr, Value> calls = new IdentityHashMap<>();
    private final Calls folding = new Calls(this);
    private int steps;
    private int depth;
    /** The outermost name that something was made of while it was being looked for. */
    private int halfKnown = Integer.MAX_VALUE;

    /** Whether it gave up somewhere. */
    boolean isExhausted() {
        return steps > MOST_STEPS;
    }

    Value of(Expr expr, Env env) {
        if (++steps > MOST_STEPS) {
            return Value.UNKNOWN;
        }
        return switch (expr) {
            case Expr.Name(String id, int at) -> name(id, env, at);
            case Expr.Constant(Value value, int at) -> value;
            case Expr.Attribute(Expr of, String name, int at) -> attribute(of(of, env), name);
            case Expr.Index index -> index(index, env);
            case Expr.Call call -> call(call, env);
            case Expr.Chain chain -> chain(chain, env);
            case Expr.Group(Expr.Kind kind, List<Expr> parts, int at) -> group(kind, parts, env);
            case Expr.Unary(String operator, Expr of, int at) ->
                operator.equals("-") && of(of, env) instanceof Value.Whole(long number)
                        ? new Value.Whole(-number)
                        : Value.UNKNOWN;
            case Expr.Dict dict -> dict(dict, env);
            case Expr.Lambda lambda -> new Value.Closure(lambda, env);
            case Expr.Comprehension comprehension -> comprehension(comprehension, env);
            case Expr.Formatted(List<Expr> parts, int at) -> formatted(parts, env);
            case Expr.Walrus(String name, Expr value, int at) -> of(value, env);
            case Expr.Earlier(Binding binding, int at) -> bound(binding);
            case Expr.ElementOf(Expr of, int at) -> element(of(of, env));
            case Expr.Slice slice -> Value.UNKNOWN;
            case Expr.Starred starred -> Value.UNKNOWN;
        };
    }

    // -- names

    private Value name(String id, Env env, int at) {
        Value framed = env.framed(id);
        return framed != null ? framed : lookUp(id, env.scope(), at);
    }

    /** Through the scopes around, skipping classes as Python does; a binding that is not certain adds to what is outside. */
    Value lookUp(String id, Scope from, int at) {
        Value found = null;
        for (Scope scope = from; scope != null; scope = scope.parent()) {
            if (scope.kind() == Scope.Kind.CLASS && scope != from) {
                continue;
            }
            List<Binding> bindings = scope.bindings(id);
            if (!bindings.isEmpty()) {
                Value here = named(scope, id);
                found = found == null ? here : either(found, here);
                if (isCertain(scope, bindings, scope == from, at)) {
                    return found;
                }
            }
        }
        Value outside = outside(id, from);
        if (found == null) {
            return outside;
        }
        return outside instanceof Value.Unknown ? found : either(found, outside);
    }

    private static Value either(Value a, Value b) {
        Set<Value> both = new LinkedHashSet<>(2);
        both.add(a);
        both.add(b);
        return oneOf(both);
    }

    private static boolean isCertain(Scope scope, List<Binding> bindings, boolean sameScope, int at) {
        if (scope.kind() == Scope.Kind.FUNCTION) {
            return true;
        }
        // the first one decides almost always: a name that is bound thousands of times is not walked through
        for (Binding binding : bindings) {
            if (sameScope ? binding.precedes(at) : !binding.isConditional()) {
                return true;
            }
            if (sameScope && binding.at() > at) {
                return false;
            }
        }
        return false;
    }

    private Value outside(String id, Scope from) {
        for (Scope scope = from; scope != null; scope = scope.parent()) {
            if (scope.stars().isEmpty()) {
                continue;
            }
            for (String module : scope.stars()) {
                if (Paths.attribute(module, id) instanceof Value.Symbol symbol && Rules.knows(symbol.path())) {
                    return symbol;
                }
            }
        }
        return switch (id) {
            case "__builtins__", "__builtin__" -> new Value.Symbol("builtins");
            default -> BUILTINS.contains(id) ? new Value.Symbol("builtins." + id) : Value.UNKNOWN;
        };
    }

    /**
     * All that a name is bound to in a scope. Names may be made of each other: what was found while another name was
     * only half known is not kept, unless that name is the one that is asked for.
     */
    private Value named(Scope scope, String id) {
        Map<String, Value> known = names.computeIfAbsent(scope, any -> new HashMap<>());
        Value before = known.get(id);
        if (before != null) {
            return before;
        }
        Map<String, Looking> looking = beingFound.computeIfAbsent(scope, any -> new HashMap<>());
        Looking already = looking.get(id);
        if (already != null) {
            halfKnown = Math.min(halfKnown, already.depth());
            return oneOf(already.found());
        }
        if (depth > MOST_DEPTH) {
            halfKnown = 0;
            return Value.UNKNOWN;
        }
        int around = halfKnown;
        halfKnown = Integer.MAX_VALUE;
        int own = ++depth;
        Set<Value> found = new LinkedHashSet<>(2);
        looking.put(id, new Looking(own, found));
        for (Binding binding : scope.bindings(id)) {
            if (++steps > MOST_STEPS) {
                break;
            }
            add(bound(binding), found);
        }
        looking.remove(id);
        depth--;
        Value value = oneOf(found);
        if (halfKnown >= own) {
            known.put(id, value);
            halfKnown = around;
        } else {
            halfKnown = Math.min(halfKnown, around);
        }
        return value;
    }

    private static void add(Value values, Set<Value> found) {
        for (Value value : Value.each(values)) {
            boolean symbol = value instanceof Value.Symbol || value instanceof Value.NamesOf;
            if (found.size() < (symbol ? MOST_SYMBOLS : MOST_ALTERNATIVES)) {
                found.add(value);
            } else if (!symbol) {
                found.add(Value.UNKNOWN);
            }
        }
    }

    private Value bound(Binding binding) {
        Value known = binding.meaning();
        if (known instanceof Value.Symbol(String path)) {
            return Paths.value(path);
        }
        if (known != null) {
            return known;
        }
        Expr expression = binding.expression();
        if (expression == null || !binding.begin()) {
            return Value.UNKNOWN;
        }
        if (depth > MOST_DEPTH) {
            binding.end();
            halfKnown = 0;
            return Value.UNKNOWN;
        }
        int around = halfKnown;
        halfKnown = Integer.MAX_VALUE;
        depth++;
        Value value = of(expression, Env.of(binding.within()));
        depth--;
        binding.end();
        if (halfKnown == Integer.MAX_VALUE) {
            binding.means(value);
        }
        halfKnown = Math.min(halfKnown, around);
        return value;
    }

    // -- parts

    Value attribute(Value of, String name) {
        if (of instanceof Value.Unknown) {
            return Value.UNKNOWN;
        }
        Set<Value> found = new LinkedHashSet<>(2);
        for (Value value : Value.each(of)) {
            found.add(
                    switch (value) {
                        case Value.Symbol(String path) ->
                            name.equals("__getattribute__") || name.equals("__getattr__")
                                    ? new Value.Method(value, "__getattribute__")
                                    : Paths.attribute(path, name);
                        case Value.Text text -> new Value.Method(value, name);
                        case Value.Binary binary -> new Value.Method(value, name);
                        case Value.Items items -> new Value.Method(value, name);
                        case Value.Pairs pairs -> new Value.Method(value, name);
                        case Value.NamesOf namesOf -> new Value.Method(value, name);
                        case Value.OwnNames ownNames -> new Value.Method(value, name);
                        case Value.Modules modules -> new Value.Method(value, name);
                        case Value.OwnClass(Scope scope) ->
                            scope.bindings(name).isEmpty() ? Value.UNKNOWN : named(scope, name);
                        default -> Value.UNKNOWN;
                    });
        }
        return oneOf(found);
    }

    private Value index(Expr.Index index, Env env) {
        Value of = of(index.of(), env);
        if (index.key() instanceof Expr.Slice slice) {
            return slice(of, slice, env);
        }
        return item(of, of(index.key(), env));
    }

    /** {@code of[key]}. */
    Value item(Value of, Value key) {
        if (of instanceof Value.Unknown) {
            return Value.UNKNOWN;
        }
        Set<Value> found = new LinkedHashSet<>(2);
        for (Value value : Value.each(of)) {
            for (Value one : Value.each(key)) {
                found.add(oneItem(value, one));
            }
        }
        return oneOf(found);
    }

    private Value oneItem(Value of, Value key) {
        return switch (of) {
            case Value.Items(List<Value> items, long itemsWeight)
            when key instanceof Value.Whole(long number) -> {
                long i = number < 0 ? number + items.size() : number;
                yield i >= 0 && i < items.size() ? items.get((int) i) : Value.UNKNOWN;
            }
            case Value.Text(String text)
            when key instanceof Value.Whole(long number) -> {
                long i = number < 0 ? number + text.length() : number;
                yield i >= 0 && i < text.length()
                        ? new Value.Text(String.valueOf(text.charAt((int) i)))
                        : Value.UNKNOWN;
            }
            case Value.Pairs(List<Value> keys, List<Value> values) -> {
                int i = keys.lastIndexOf(key);
                yield i >= 0 ? values.get(i) : oneOf(new LinkedHashSet<>(values));
            }
            case Value.NamesOf(String path) when key instanceof Value.Text(String name) -> Paths.attribute(path, name);
            case Value.Symbol(String path)
            when path.equals("builtins") && key instanceof Value.Text(String name) -> Paths.attribute(path, name);
            case Value.Modules modules when key instanceof Value.Text(String name) -> Paths.value(name);
            case Value.OwnNames(Scope scope) when key instanceof Value.Text(String name) -> ownName(scope, name);
            default -> Value.UNKNOWN;
        };
    }

    /** {@code globals()["eval"]} is no builtin: only what the module binds is there. */
    private Value ownName(Scope scope, String name) {
        if (name.equals("__builtins__")) {
            return new Value.Symbol("builtins");
        }
        return scope.bindings(name).isEmpty() ? Value.UNKNOWN : named(scope, name);
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
        return unknown || (step != null && step == 0) ? Value.UNKNOWN : Slices.of(of, from, to, step);
    }

    private @Nullable Long bound(@Nullable Expr expr, Env env) {
        return expr != null && of(expr, env) instanceof Value.Whole(long number) ? number : null;
    }

    private Value chain(Expr.Chain chain, Env env) {
        Value result = of(chain.operands().getFirst(), env);
        for (int i = 1; i < chain.operands().size(); i++) {
            if (result instanceof Value.Unknown) {
                return Value.UNKNOWN;
            }
            result = Arithmetic.of(
                    result, chain.operators().get(i - 1), of(chain.operands().get(i), env));
        }
        return result;
    }

    private Value group(Expr.Kind kind, List<Expr> parts, Env env) {
        return switch (kind) {
            case TUPLE, LIST, SET -> {
                if (parts.size() > MOST_ITEMS || parts.stream().anyMatch(Expr.Starred.class::isInstance)) {
                    yield Value.UNKNOWN;
                }
                List<Value> items = new ArrayList<>(parts.size());
                for (Expr part : parts) {
                    items.add(of(part, env));
                }
                yield Value.items(items);
            }
            case CHOICE -> {
                Set<Value> found = new LinkedHashSet<>();
                for (Expr part : parts) {
                    if (found.size() < MOST_ALTERNATIVES) {
                        found.addAll(Value.each(of(part, env)));
                    }
                }
                yield oneOf(found);
            }
            case OTHER -> Value.UNKNOWN;
        };
    }

    private Value dict(Expr.Dict dict, Env env) {
        if (dict.values().size() > MOST_ITEMS) {
            return Value.UNKNOWN;
        }
        List<Value> keys = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < dict.values().size(); i++) {
            Expr key = dict.keys().get(i);
            if (key != null) {
                keys.add(plain(of(key, env)));
                values.add(plain(of(dict.values().get(i), env)));
            }
        }
        return new Value.Pairs(keys, values);
    }

    /** Dictionaries within dictionaries grow without end; only the outermost is known. */
    private static Value plain(Value value) {
        return value instanceof Value.Pairs || value instanceof Value.OneOf ? flat(value) : value;
    }

    private static Value flat(Value value) {
        return value instanceof Value.OneOf(List<Value> values)
                        && values.stream().noneMatch(one -> one instanceof Value.Pairs || one instanceof Value.Items)
                ? value
                : Value.UNKNOWN;
    }

    private Value formatted(List<Expr> parts, Env env) {
        Value result = new Value.Text("");
        for (Expr part : parts) {
            Value value = of(part, env);
            result = Arithmetic.of(result, "+", Arithmetic.asText(value));
            if (result instanceof Value.Unknown) {
                return result;
            }
        }
        return result;
    }

    private Value comprehension(Expr.Comprehension comprehension, Env env) {
        Expr.Clause clause = comprehension.clauses().getFirst();
        if (comprehension.clauses().size() > 1
                || comprehension.elements().size() > 1
                || !clause.conditions().isEmpty()
                || !(clause.target() instanceof Expr.Name(String id, int at))) {
            return Value.UNKNOWN;
        }
        return each(
                of(clause.iterable(), env),
                value -> of(comprehension.elements().getFirst(), env.with(Map.of(id, value))));
    }

    /** Applies something to each element. */
    Value each(Value iterable, java.util.function.UnaryOperator<Value> function) {
        if (!(Slices.items(iterable) instanceof Value.Items(List<Value> items, long itemsWeight))
                || items.size() > MOST_ITEMS) {
            return Value.UNKNOWN;
        }
        List<Value> results = new ArrayList<>(items.size());
        for (Value item : items) {
            results.add(function.apply(item));
        }
        return Value.items(results);
    }

    private static Value element(Value iterable) {
        return Slices.items(iterable) instanceof Value.Items(List<Value> items, long itemsWeight) && !items.isEmpty()
                ? oneOf(new LinkedHashSet<>(items.subList(0, Math.min(items.size(), MOST_ALTERNATIVES))))
                : Value.UNKNOWN;
    }

    // -- calls

    private Value call(Expr.Call call, Env env) {
        Value known = env.frame() == null ? calls.get(call) : null;
        return known != null ? known : called(call, of(call.function(), env), env);
    }

    /** What a call gives whose function is known already. */
    Value called(Expr.Call call, Value function, Env env) {
        if (function instanceof Value.Unknown) {
            return Value.UNKNOWN;
        }
        Value known = env.frame() == null ? calls.get(call) : null;
        if (known != null) {
            return known;
        }
        int around = halfKnown;
        halfKnown = Integer.MAX_VALUE;
        Value result = folding.result(call, function, env);
        if (env.frame() == null && halfKnown == Integer.MAX_VALUE) {
            calls.put(call, result);
        }
        halfKnown = Math.min(halfKnown, around);
        return result;
    }

    /** What a function of the program's own returns, whatever it is given. */
    Value returned(Scope function) {
        Value known = results.get(function);
        if (known != null || depth > MOST_DEPTH) {
            return known == null ? Value.UNKNOWN : known;
        }
        int around = halfKnown;
        halfKnown = Integer.MAX_VALUE;
        // a function that calls itself returns nothing more by that
        results.put(function, Value.UNKNOWN);
        depth++;
        Set<Value> found = new LinkedHashSet<>();
        for (Expr value : function.returns()) {
            if (++steps > MOST_STEPS) {
                break;
            }
            add(of(value, Env.of(function)), found);
        }
        depth--;
        Value result = oneOf(found);
        if (halfKnown == Integer.MAX_VALUE) {
            results.put(function, result);
        } else {
            results.remove(function);
        }
        halfKnown = Math.min(halfKnown, around);
        return result;
    }

    /** A lambda with its arguments. */
    Value applied(Expr.Lambda lambda, Env env, List<Value> arguments) {
        if (depth > MOST_DEPTH) {
            return Value.UNKNOWN;
        }
        Map<String, Value> names = new HashMap<>();
        for (int i = 0; i < lambda.names().size(); i++) {
            names.put(lambda.names().get(i), i < arguments.size() ? arguments.get(i) : Value.UNKNOWN);
        }
        depth++;
        Value result = of(lambda.body(), env.with(names));
        depth--;
        return result;
    }

    static Value oneOf(Set<Value> values) {
        return switch (values.size()) {
            case 0 -> Value.UNKNOWN;
            case 1 -> values.iterator().next();
            default -> {
                Set<Value> flat = new LinkedHashSet<>();
                values.forEach(value -> flat.addAll(Value.each(value)));
                yield flat.size() == 1 ? flat.iterator().next() : new Value.OneOf(List.copyOf(flat));
            }
        };
    }
}
