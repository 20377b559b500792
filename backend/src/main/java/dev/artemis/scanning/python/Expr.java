package dev.artemis.scanning.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An expression of the syntax tree. */
sealed interface Expr {

    /** Offset in the source. */
    int at();

    /** What it is made of, in order. */
    List<Expr> parts();

    record Name(String id, int at) implements Expr {
        @Override
        public List<Expr> parts() {
            return List.of();
        }
    }

    record Constant(Value value, int at) implements Expr {
        @Override
        public List<Expr> parts() {
            return List.of();
        }
    }

    record Attribute(Expr of, String name, int at) implements Expr {
        @Override
        public List<Expr> parts() {
            return List.of(of);
        }
    }

    record Index(Expr of, Expr key, int at) implements Expr {
        @Override
        public List<Expr> parts() {
            return List.of(of, key);
        }
    }

    /** The item at a place, from 0. */
    static Expr item(Expr of, int i, int at) {
        return new Index(of, new Constant(Value.whole(i), at), at);
    }

    record Slice(
            @Nullable Expr from,
            @Nullable Expr to,
            @Nullable Expr step,
            int at) implements Expr {
        @Override
        public List<Expr> parts() {
            return Stream.of(from, to, step)
                    .filter(Objects::nonNull)
                    .map(Expr.class::cast)
                    .toList();
        }
    }

    /** Keyword arguments have names; {@code **more} has none. */
    record Keyword(@Nullable String name, Expr value) {}

    record Call(Expr function, List<Expr> arguments, List<Keyword> keywords, int at) implements Expr {
        @Override
        public List<Expr> parts() {
            List<Expr> parts = new ArrayList<>(1 + arguments.size() + keywords.size());
            parts.add(function);
            parts.addAll(arguments);
            keywords.forEach(keyword -> parts.add(keyword.value()));
            return parts;
        }

        @Nullable Expr keyword(String name) {
            return keywords.stream()
                    .filter(keyword -> name.equals(keyword.name()))
                    .map(Keyword::value)
                    .findFirst()
                    .orElse(null);
        }
    }

    /** Operators of one precedence between operands: {@code a + b - c}. */
    record Chain(List<Expr> operands, List<String> operators, int at) implements Expr {
        @Override
        public List<Expr> parts() {
            return operands;
        }
    }

    enum Kind {
        TUPLE,
        LIST,
        SET,
        /** One of its parts: {@code a if c else b}, {@code a or b}. */
        CHOICE,
        /** Nothing that says what it is: comparisons, {@code not}, {@code await}, {@code yield}. */
        OTHER
    }

    record Group(Kind kind, List<Expr> parts, int at) implements Expr {}

    record Unary(String operator, Expr of, int at) implements Expr {
        @Override
        public List<Expr> parts() {
            return List.of(of);
        }
    }

    /** {@code {**more}} has null for its key. */
    record Dict(List<@Nullable Expr> keys, List<Expr> values, int at) implements Expr {
        @Override
        public List<Expr> parts() {
            List<Expr> parts = new ArrayList<>(values);
            for (Expr key : keys) {
                if (key != null) {
                    parts.add(key);
                }
            }
            return parts;
        }
    }

    /** A name that a call gives a value, or else its default does. */
    record Parameter(String name, @Nullable Expr byDefault) {}

    record Lambda(List<Parameter> parameters, Expr body, int at) implements Expr {
        @Override
        public List<Expr> parts() {
            List<Expr> parts = defaults();
            parts.add(body);
            return parts;
        }

        List<Expr> defaults() {
            List<Expr> defaults = new ArrayList<>();
            for (Parameter parameter : parameters) {
                if (parameter.byDefault() != null) {
                    defaults.add(parameter.byDefault());
                }
            }
            return defaults;
        }
    }

    record Clause(Expr target, Expr iterable, List<Expr> conditions) {}

    record Comprehension(Kind kind, List<Expr> elements, List<Clause> clauses, int at) implements Expr {
        /** {@code (element for …)}: nothing that says what it is, with one element; a dictionary's has two. */
        boolean isGenerator() {
            return kind == Kind.OTHER && elements.size() == 1;
        }

        @Override
        public List<Expr> parts() {
            List<Expr> parts = new ArrayList<>(elements);
            for (Clause clause : clauses) {
                parts.add(clause.target());
                parts.add(clause.iterable());
                parts.addAll(clause.conditions());
            }
            return parts;
        }
    }

    /** A formatted string. */
    record Formatted(List<Expr> parts, int at) implements Expr {}

    record Starred(Expr of, int at) implements Expr {
        @Override
        public List<Expr> parts() {
            return List.of(of);
        }
    }

    record Walrus(String name, Expr value, int at) implements Expr {
        @Override
        public List<Expr> parts() {
            return List.of(value);
        }
    }

    /** What decorators make of a function or class; that itself where it is not known. */
    record Decorated(Value defined, Expr made, int at) implements Expr {
        @Override
        public List<Expr> parts() {
            return List.of(made);
        }
    }

    /** What a name was bound to before: the left side of {@code name += more}. */
    record Earlier(Binding binding, int at) implements Expr {
        @Override
        public List<Expr> parts() {
            return List.of();
        }
    }

    /** One element of something: the target of a loop. */
    record ElementOf(Expr of, int at) implements Expr {
        @Override
        public List<Expr> parts() {
            return List.of(of);
        }
    }
}
