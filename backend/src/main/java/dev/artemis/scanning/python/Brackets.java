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
        int begin = in.at();
        Expr first = in.starredExpression();
        if (in.is(":")) {
            return dictFrom(first, begin, at);
        }
        if (beginsComprehension()) {
            Expr comprehension = comprehension(Expr.Kind.SET, List.of(first), at);
            in.expect("}");
            return comprehension;
        }
        return new Expr.Group(Expr.Kind.SET, items(first, "}"), at);
    }

    /** @param first where the key begins */
    private Expr dictFrom(Expr key, int first, int at) {
        in.accept(Parser.isBare(key, first) ? "a key was expected" : null);
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
        if (!in.take(",") && !in.is("}")) {
            throw in.fault("} was expected");
        }
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

    /** @param at where its elements begin */
    Expr comprehension(Expr.Kind kind, List<Expr> elements, int at) {
        if (elements.getFirst() instanceof Expr.Starred) {
            throw in.fault("a comprehension unpacks its elements");
        }
        Surroundings surroundings = in.surroundings();
        List<Expr.Clause> clauses = new ArrayList<>(1);
        boolean waits = surroundings.closePart(at);
        while (beginsComprehension()) {
            waits |= in.takeKeyword("async");
            in.expectKeyword("for");
            Expr target = in.targets();
            in.expectKeyword("in");
            int from = in.at();
            Expr iterable = in.or();
            surroundings.closeIterable(from);
            // the first is evaluated outside
            waits |= !clauses.isEmpty() && surroundings.closePart(from);
            List<Expr> conditions = new ArrayList<>(0);
            from = in.at();
            while (in.takeKeyword("if")) {
                conditions.add(condition());
            }
            waits |= surroundings.closePart(from);
            clauses.add(new Expr.Clause(target, iterable, conditions));
        }
        surroundings.closeComprehension(at, clauses);
        var comprehension = new Expr.Comprehension(kind, elements, clauses, at);
        if (waits && !comprehension.isGenerator()) {
            surroundings.awaited(in.at());
        }
        return comprehension;
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
