package dev.artemis.scanning.python;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what expressions are, as far as that can be known without running them: names through scopes, aliases and
 * imports, constants through the operations that assemble names. Bounded by an {@link Effort}: what takes too many steps
 * stays unknown.
 */
final class Meaning {

    private static final int MOST_DEPTH = 150;

    private final Effort effort;
    private final Changes changes;
    private final EarlyUses earlyUses;
    private final Map<Scope, Map<String, Value>> names = new IdentityHashMap<>();
    /** A name that is being looked for: what was found so far. */
    private record Looking(int depth, Alternatives found) {}

    private final Map<Scope, Map<String, Looking>> beingFound = new IdentityHashMap<>();
    private final Map<Scope, Value> results = new IdentityHashMap<>();
    private final Map<Expr, Value> calls = new IdentityHashMap<>();
    private final Map<String, Value> outsiders = new HashMap<>();
    private final Calls folding = new Calls(this);
    private final Parts parts;
    private final Assembly assembly;
    private int depth;
    /** The outermost name that something was made of while it was being looked for. */
    private int halfKnown = Integer.MAX_VALUE;

    /**
     * Begins with nothing known.
     *
     * @param changes names whose lists and dictionaries the program changes
     * @param earlyUses where its functions may run before all of its names are bound
     */
    Meaning(Effort effort, Changes changes, EarlyUses earlyUses) {
        this.effort = effort;
        this.changes = changes;
        this.earlyUses = earlyUses;
        this.parts = new Parts(this, effort);
        this.assembly = new Assembly(this, effort);
    }

    Parts parts() {
        return parts;
    }

    Assembly assembly() {
        return assembly;
    }

    Value of(Expr expr, Env env) {
        if (!effort.step()) {
            return Value.UNKNOWN;
        }
        return switch (expr) {
            case Expr.Name(String id, int at) -> name(id, env, at);
            case Expr.Constant(Value value, int at) -> value;
            case Expr.Attribute(Expr of, String name, int at) -> parts.attribute(of(of, env), name);
            case Expr.Index index -> parts.index(index, env);
            case Expr.Call call -> call(call, env);
            case Expr.Chain chain -> assembly.chain(chain, env);
            case Expr.Group(Expr.Kind kind, List<Expr> parts, int at) -> assembly.group(kind, parts, env);
            case Expr.Unary(String operator, Expr of, int at) ->
                operator.equals("-") && of(of, env) instanceof Value.Whole(long number) && number != Long.MIN_VALUE
                        ? new Value.Whole(-number)
                        : Value.UNKNOWN;
            case Expr.Dict dict -> assembly.dict(dict, env);
            case Expr.Lambda lambda -> new Value.Closure(lambda, env);
            case Expr.Comprehension comprehension -> assembly.comprehension(comprehension, env);
            case Expr.Formatted(List<Expr> parts, int at) -> assembly.formatted(parts, env);
            case Expr.Walrus(String name, Expr value, int at) -> of(value, env);
            case Expr.Earlier(Binding binding, int at) -> bound(binding);
            case Expr.Decorated(Value defined, Expr made, int at) -> decorated(defined, of(made, env));
            case Expr.ElementOf(Expr of, int at) -> assembly.element(of(of, env));
            case Expr.Slice slice -> Value.UNKNOWN;
            case Expr.Starred starred -> Value.UNKNOWN;
        };
    }

    private static Value decorated(Value defined, Value made) {
        return made instanceof Value.Unknown ? defined : either(defined, made);
    }

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
            if (inTurn ? binding.precedes(at) : binding.isLasting(at, earlyUses)) {
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
            default -> Builtins.KNOWN.contains(id) ? new Value.Symbol("builtins." + id) : Value.UNKNOWN;
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
    Value named(Scope scope, String id) {
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
        Value result = effort.kept(effort.spent(folding.result(call, function, env)));
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
