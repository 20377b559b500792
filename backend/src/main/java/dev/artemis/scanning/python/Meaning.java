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
 * imports, constants through the operations that assemble names. Bounded by an {@link Effort}: what takes too many steps
 * stays unknown.
 */
final class Meaning {

    private static final int MOST_DEPTH = 150;
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
            "bool",
            "open",
            "input",
            "abs",
            "all",
            "any",
            "ascii",
            "bin",
            "callable",
            "divmod",
            "format",
            "hash",
            "hex",
            "issubclass",
            "iter",
            "max",
            "min",
            "next",
            "oct",
            "pow",
            "round",
            "sorted",
            "sum");

    private final Effort effort;
    private final Changes changes;
    private final Map<Scope, Map<String, Value>> names = new IdentityHashMap<>();
    /** A name that is being looked for: what was found so far. */
    private record Looking(int depth, Alternatives found) {}

    private final Map<Scope, Map<String, Looking>> beingFound = new IdentityHashMap<>();
    private final Map<Scope, Value> results = new IdentityHashMap<>();
    private final Map<Expr, Value> calls = new IdentityHashMap<>();
    private final Map<String, Value> outsiders = new HashMap<>();
    private final Calls folding = new Calls(this);
    private int depth;
    /** The outermost name that something was made of while it was being looked for. */
    private int halfKnown = Integer.MAX_VALUE;

    /**
     * Begins with nothing known.
     *
     * @param changes names whose lists and dictionaries the program changes
     */
    Meaning(Effort effort, Changes changes) {
        this.effort = effort;
        this.changes = changes;
    }

    Value of(Expr expr, Env env) {
        if (!effort.step()) {
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
                operator.equals("-") && of(of, env) instanceof Value.Whole(long number) && number != Long.MIN_VALUE
                        ? new Value.Whole(-number)
                        : Value.UNKNOWN;
            case Expr.Dict dict -> dict(dict, env);
            case Expr.Lambda lambda -> new Value.Closure(lambda, env);
            case Expr.Comprehension comprehension -> comprehension(comprehension, env);
            case Expr.Formatted(List<Expr> parts, int at) -> formatted(parts, env);
            case Expr.Walrus(String name, Expr value, int at) -> of(value, env);
            case Expr.Earlier(Binding binding, int at) -> bound(binding);
            case Expr.Decorated(Value defined, Expr made, int at) -> decorated(defined, of(made, env));
            case Expr.ElementOf(Expr of, int at) -> element(of(of, env));
            case Expr.Slice slice -> Value.UNKNOWN;
            case Expr.Starred starred -> Value.UNKNOWN;
        };
    }

    private static Value decorated(Value defined, Value made) {
        return made instanceof Value.Unknown ? defined : either(defined, made);
    }

    // -- names

    private Value name(String id, Env env, int at) {
        Value framed = env.framed(id);
        return framed != null ? framed : lookUp(id, env.scope(), at);
    }

    /** Through the scopes around, skipping classes as Python does; a binding that is not certain adds to what is outside. */
    Value lookUp(String id, Scope from, int at) {
        Value found = null;
        boolean inTurn = true;
        for (Scope scope = from; scope != null; scope = scope.parent()) {
            if (!effort.step()) {
                return Value.UNKNOWN;
            }
            if (scope.kind() == Scope.Kind.CLASS && scope != from) {
                continue;
            }
            List<Binding> bindings = scope.bindings(id);
            if (!bindings.isEmpty()) {
                Value here = named(scope, id);
                found = found == null ? here : either(found, here);
                if (isCertain(scope, id, bindings, inTurn, at)) {
                    return found;
                }
            }
            // the body of a class runs where it stands, that of a function later
            inTurn &= scope.kind() == Scope.Kind.CLASS;
        }
        Value outside = outside(id, from);
        if (found == null) {
            return outside;
        }
        return outside instanceof Value.Unknown ? found : either(found, outside);
    }

    static Value either(Value a, Value b) {
        var both = new Alternatives();
        both.add(a);
        both.add(b);
        return both.value();
    }

    /**
     * Whether the name is certain to be bound when the place is reached.
     *
     * @param inTurn whether the scope's own statements run in turn with the place, rather than a function later
     */
    private boolean isCertain(Scope scope, String id, List<Binding> bindings, boolean inTurn, int at) {
        if (scope.kind() == Scope.Kind.FUNCTION) {
            return true;
        }
        if (scope.isDeleted(id, inTurn ? at : Integer.MAX_VALUE)) {
            return false;
        }
        // the first one decides almost always: a name that is bound thousands of times is not walked through
        for (Binding binding : bindings) {
            if (!effort.step()) {
                return false;
            }
            if (inTurn ? binding.precedes(at) : binding.isLasting(at)) {
                return true;
            }
            if (inTurn && binding.at() > at) {
                return false;
            }
        }
        return false;
    }

    private Value outside(String id, Scope from) {
        for (Scope scope = from; scope != null; scope = scope.parent()) {
            if (!scope.stars().isEmpty()) {
                Value known = outsiders.get(id);
                if (known == null) {
                    known = starred(id, scope);
                    outsiders.put(id, known);
                }
                if (!(known instanceof Value.Unknown)) {
                    return known;
                }
            }
        }
        return switch (id) {
            case "__builtins__", "__builtin__" -> new Value.Symbol("builtins");
            default -> BUILTINS.contains(id) ? new Value.Symbol("builtins." + id) : Value.UNKNOWN;
        };
    }

    /** What came by {@code from module import *}, of all that the program has: Python allows them in its module alone. */
    private Value starred(String id, Scope scope) {
        for (String module : scope.stars()) {
            if (!effort.step()) {
                return Value.UNKNOWN;
            }
            if (Paths.attribute(module, id) instanceof Value.Symbol symbol && Rules.knows(symbol.path())) {
                return symbol;
            }
        }
        return Value.UNKNOWN;
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
            return oneOf(already.found().found());
        }
        if (depth > MOST_DEPTH) {
            halfKnown = 0;
            return Value.UNKNOWN;
        }
        int around = halfKnown;
        halfKnown = Integer.MAX_VALUE;
        int own = ++depth;
        var found = new Alternatives();
        looking.put(id, new Looking(own, found));
        for (Binding binding : scope.bindings(id)) {
            if (!effort.step()) {
                break;
            }
            Value one = bound(binding);
            found.add(one);
            if (changes.mayChange(id) && isChangeable(one)) {
                found.add(Value.UNKNOWN);
            }
        }
        looking.remove(id);
        depth--;
        Value value = effort.kept(found.value());
        if (halfKnown >= own) {
            known.put(id, value);
            halfKnown = around;
        } else {
            halfKnown = Math.min(halfKnown, around);
        }
        return value;
    }

    private static boolean isChangeable(Value value) {
        return Value.each(value).stream().anyMatch(one -> one instanceof Value.Items || one instanceof Value.Pairs);
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
        Value value = effort.kept(of(expression, Env.of(binding.within())));
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
            return named(scope, name);
        }
        return name.equals("__class__") ? type : Value.UNKNOWN;
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
            case Value.NamesOf(String path) when key instanceof Value.Text(String name) -> Paths.attribute(path, name);
            case Value.Symbol(String path)
            when path.equals("builtins") && key instanceof Value.Text(String name) -> Paths.attribute(path, name);
            case Value.Modules modules when key instanceof Value.Text(String name) -> Paths.value(name);
            case Value.OwnNames(Scope scope) when key instanceof Value.Text(String name) -> ownName(scope, name);
            default -> Value.UNKNOWN;
        };
    }

    /** A key that is not known may be any. */
    private static boolean isUnsure(List<Value> keys) {
        return keys.contains(Value.UNKNOWN);
    }

    private static Value anyOf(List<Value> values) {
        var any = new Alternatives();
        values.forEach(any::add);
        return any.value();
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
        return unknown || (step != null && step == 0) ? Value.UNKNOWN : spent(Slices.of(of, from, to, step));
    }

    /** What was made counts by its size. */
    private Value spent(Value made) {
        return effort.take(Value.weight(made)) ? made : Value.UNKNOWN;
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
            result = spent(Arithmetic.of(
                    result, chain.operators().get(i - 1), of(chain.operands().get(i), env)));
        }
        return result;
    }

    private Value group(Expr.Kind kind, List<Expr> parts, Env env) {
        return switch (kind) {
            case TUPLE, LIST, SET -> {
                if (parts.size() > MOST_ITEMS) {
                    yield Value.UNKNOWN;
                }
                List<Value> items = new ArrayList<>(parts.size());
                for (Expr part : parts) {
                    if (!(part instanceof Expr.Starred(Expr of, int at))) {
                        items.add(of(part, env));
                    } else if (Slices.items(of(of, env)) instanceof Value.Items(List<Value> more, long weight)) {
                        items.addAll(more);
                    } else {
                        yield Value.UNKNOWN;
                    }
                    if (items.size() > MOST_ITEMS) {
                        yield Value.UNKNOWN;
                    }
                }
                yield spent(Value.items(items));
            }
            case CHOICE -> {
                var found = new Alternatives();
                for (Expr part : parts) {
                    found.add(of(part, env));
                }
                yield found.value();
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
        var others = new Alternatives();
        for (int i = 0; i < dict.values().size(); i++) {
            Expr key = dict.keys().get(i);
            Value value = of(dict.values().get(i), env);
            if (key != null) {
                keys.add(plain(of(key, env)));
                values.add(plain(value));
            } else if (value instanceof Value.Pairs(List<Value> moreKeys, List<Value> moreValues)
                    && keys.size() + moreKeys.size() <= MOST_ITEMS) {
                keys.addAll(moreKeys);
                values.addAll(moreValues);
            } else {
                others.add(value);
            }
        }
        // what {**more} holds may be asked for too
        Value own = spent(Value.pairs(keys, values));
        return others.found().isEmpty() ? own : either(own, others.value());
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
            result = spent(Arithmetic.of(result, "+", Arithmetic.asText(value)));
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
        return spent(Value.items(results));
    }

    /** One of what it holds, of each that it may be. */
    private Value element(Value iterable) {
        var found = new Alternatives();
        for (Value one : Value.each(iterable)) {
            if (Slices.items(one) instanceof Value.Items(List<Value> items, long weight) && !items.isEmpty()) {
                effort.take(items.size());
                found.add(anyOf(items));
            } else {
                found.add(Value.UNKNOWN);
            }
        }
        return found.value();
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
        Value result = effort.kept(spent(folding.result(call, function, env)));
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
        var found = new Alternatives();
        for (Expr value : function.returns()) {
            if (!effort.step()) {
                break;
            }
            found.add(of(value, Env.of(function)));
        }
        depth--;
        Value result = effort.kept(found.value());
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
        for (int i = 0; i < lambda.parameters().size(); i++) {
            Expr.Parameter parameter = lambda.parameters().get(i);
            names.put(parameter.name(), i < arguments.size() ? arguments.get(i) : whatIsGiven(parameter, env));
        }
        depth++;
        Value result = of(lambda.body(), env.with(names));
        depth--;
        return result;
    }

    /** What a parameter may be: its default, or anything else. */
    Value whatIsGiven(Expr.Parameter parameter, Env env) {
        Expr byDefault = parameter.byDefault();
        return byDefault == null ? Value.UNKNOWN : either(Value.UNKNOWN, of(byDefault, env));
    }

    Expr.Call expanded(Expr.Call call, Env env) {
        return folding.expanded(call, env);
    }

    Value fetched(Value of, Value name) {
        return folding.fetched(of, name);
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
