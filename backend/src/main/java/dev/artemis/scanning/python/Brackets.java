package dev.artemis.scanning.python;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what stands in brackets: tuples, lists, dictionaries, sets, and comprehensions of them. */
final class Brackets {

    private final Parser in;

    Brackets(Parser in) {
        this.in = in;
    }

    Expr parenthesised() {
        int at = in.at();
        in.expect("(");
        if (in.take(")")) {
            return new Expr.Group(Expr.Kind.TUPLE, List.of(), at);
        }
        if (in.isKeyword("yield")) {
            Expr yielded = in.yielded();
            in.expect(")");
            return yielded;
        }
        Expr first = in.starredExpression();
        if (beginsComprehension()) {
            Expr generator = comprehension(Expr.Kind.OTHER, List.of(first), at);
            in.expect(")");
            return generator;
        }
        if (!in.is(",")) {
            in.expect(")");
            if (first instanceof Expr.Starred) {
                throw in.fault("a star stands alone");
            }
            return first;
        }
        List<Expr> items = items(first, ")");
        return new Expr.Group(Expr.Kind.TUPLE, items, at);
    }

    Expr list() {
        int at = in.at();
        in.expect("[");
        if (in.take("]")) {
            return new Expr.Group(Expr.Kind.LIST, List.of(), at);
        }
        Expr first = in.starredExpression();
        if (beginsComprehension()) {
            Expr comprehension = comprehension(Expr.Kind.LIST, List.of(first), at);
            in.expect("]");
            return comprehension;
        }
        return new Expr.Group(Expr.Kind.LIST, items(first, "]"), at);
    }

    private List<Expr> items(Expr first, String close) {
        List<Expr> items = new ArrayList<>();
        items.add(first);
        while (in.take(",") && !in.is(close)) {
            items.add(in.starredExpression());
        }
        in.expect(close);
        return items;
    }

    Expr dictOrSet() {
        int at = in.at();
        in.expect("{");
        if (in.take("}")) {
            return new Expr.Dict(List.of(), List.of(), at);
        }
        if (in.is("**")) {
            return dict(at);
        }
        Expr first = in.starredExpression();
        if (in.is(":")) {
            return dictFrom(first, at);
        }
        if (beginsComprehension()) {
            Expr comprehension = comprehension(Expr.Kind.SET, List.of(first), at);
            in.expect("}");
            return comprehension;
        }
        return new Expr.Group(Expr.Kind.SET, items(first, "}"), at);
    }

    private Expr dictFrom(Expr key, int at) {
        in.expect(":");
        Expr value = in.expression();
        if (beginsComprehension()) {
            Expr comprehension = comprehension(Expr.Kind.OTHER, List.of(key, value), at);
            in.expect("}");
            return comprehension;
        }
        List<@Nullable Expr> keys = new ArrayList<>();
        List<Expr> values = new ArrayList<>();
        keys.add(key);
        values.add(value);
        in.take(",");
        return rest(keys, values, at);
    }

    private Expr dict(int at) {
        return rest(new ArrayList<>(), new ArrayList<>(), at);
    }

    private Expr rest(List<@Nullable Expr> keys, List<Expr> values, int at) {
        while (!in.is("}")) {
            if (in.take("**")) {
                keys.add(null);
                values.add(in.binary(1));
            } else {
                keys.add(in.expression());
                in.expect(":");
                values.add(in.expression());
            }
            if (!in.take(",")) {
                break;
            }
        }
        in.expect("}");
        return new Expr.Dict(keys, values, at);
    }

    boolean beginsComprehension() {
        return in.isKeyword("for")
                || (in.isKeyword("async")
                        && in.kind(1) == Tokens.KEYWORD
                        && in.word(1).equals("for"));
    }

    Expr comprehension(Expr.Kind kind, List<Expr> elements, int at) {
        List<Expr.Clause> clauses = new ArrayList<>(1);
        while (beginsComprehension()) {
            in.takeKeyword("async");
            in.expectKeyword("for");
            Expr target = in.targets();
            in.expectKeyword("in");
            Expr iterable = in.or();
            List<Expr> conditions = new ArrayList<>(0);
            while (in.takeKeyword("if")) {
                conditions.add(condition());
            }
            clauses.add(new Expr.Clause(target, iterable, conditions));
        }
        return new Expr.Comprehension(kind, elements, clauses, at);
    }

    /** Without a choice, whose "if" would be taken for the next condition. */
    private Expr condition() {
        if (in.kind() == Tokens.NAME
                && in.kind(1) == Tokens.OPERATOR
                && in.word(1).equals(":=")) {
            return in.named();
        }
        return in.isKeyword("lambda") ? in.lambda() : in.or();
    }
}
