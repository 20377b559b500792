package dev.artemis.scanning.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What expressions make of others: sums, texts, lists, dictionaries, comprehensions. */
final class Assembly {

    private static final int MOST_ITEMS = 2_000;

    private final Meaning meaning;
    private final Effort effort;

    Assembly(Meaning meaning, Effort effort) {
        this.meaning = meaning;
        this.effort = effort;
    }

    Value chain(Expr.Chain chain, Env env) {
        Value result = meaning.of(chain.operands().getFirst(), env);
        for (int i = 1; i < chain.operands().size(); i++) {
            if (result instanceof Value.Unknown) {
                return Value.UNKNOWN;
            }
            result = effort.spent(Arithmetic.of(
                    result,
                    chain.operators().get(i - 1),
                    meaning.of(chain.operands().get(i), env)));
        }
        return result;
    }

    Value group(Expr.Kind kind, List<Expr> parts, Env env) {
        return switch (kind) {
            case TUPLE, LIST, SET -> {
                if (parts.size() > MOST_ITEMS) {
                    yield Value.UNKNOWN;
                }
                List<Value> items = new ArrayList<>(parts.size());
                for (Expr part : parts) {
                    if (!(part instanceof Expr.Starred(Expr of, int at))) {
                        items.add(meaning.of(part, env));
                    } else if (Slices.items(meaning.of(of, env))
                            instanceof Value.Items(List<Value> more, long weight)) {
                        items.addAll(more);
                    } else {
                        yield Value.UNKNOWN;
                    }
                    if (items.size() > MOST_ITEMS) {
                        yield Value.UNKNOWN;
                    }
                }
                yield effort.spent(Value.items(items));
            }
            case CHOICE -> {
                var found = new Alternatives();
                for (Expr part : parts) {
                    found.add(meaning.of(part, env));
                }
                yield found.value();
            }
            case OTHER -> Value.UNKNOWN;
        };
    }

    Value dict(Expr.Dict dict, Env env) {
        if (dict.values().size() > MOST_ITEMS) {
            return Value.UNKNOWN;
        }
        List<Value> keys = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        var others = new Alternatives();
        for (int i = 0; i < dict.values().size(); i++) {
            Expr key = dict.keys().get(i);
            Value value = meaning.of(dict.values().get(i), env);
            if (key != null) {
                keys.add(plain(meaning.of(key, env)));
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
        Value own = effort.spent(Value.pairs(keys, values));
        return others.found().isEmpty() ? own : Meaning.either(own, others.value());
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

    Value formatted(List<Expr> parts, Env env) {
        Value result = new Value.Text("");
        for (Expr part : parts) {
            Value value = meaning.of(part, env);
            result = effort.spent(Arithmetic.of(result, "+", Arithmetic.asText(value)));
            if (result instanceof Value.Unknown) {
                return result;
            }
        }
        return result;
    }

    Value comprehension(Expr.Comprehension comprehension, Env env) {
        Expr.Clause clause = comprehension.clauses().getFirst();
        if (comprehension.clauses().size() > 1
                || comprehension.elements().size() > 1
                || !clause.conditions().isEmpty()
                || !(clause.target() instanceof Expr.Name(String id, int at))) {
            return Value.UNKNOWN;
        }
        return each(
                meaning.of(clause.iterable(), env),
                value -> meaning.of(comprehension.elements().getFirst(), env.with(Map.of(id, value))));
    }

    /** Applies something to each element. */
    Value each(Value iterable, UnaryOperator<Value> function) {
        if (!(Slices.items(iterable) instanceof Value.Items(List<Value> items, long itemsWeight))
                || items.size() > MOST_ITEMS) {
            return Value.UNKNOWN;
        }
        List<Value> results = new ArrayList<>(items.size());
        for (Value item : items) {
            results.add(function.apply(item));
        }
        return effort.spent(Value.items(results));
    }

    /** One of what it holds, of each that it may be. */
    Value element(Value iterable) {
        var found = new Alternatives();
        for (Value one : Value.each(iterable)) {
            if (Slices.items(one) instanceof Value.Items(List<Value> items, long weight) && !items.isEmpty()) {
                effort.take(items.size());
                found.add(Parts.anyOf(items));
            } else if (one instanceof Value.NamesOf(String path)) {
                found.add(Parts.member(path));
            } else {
                found.add(Value.UNKNOWN);
            }
        }
        return found.value();
    }
}
