package dev.artemis.scanning.python;

import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What an expression is known to be without running it. */
sealed interface Value {

    /** Nothing is known. */
    Value UNKNOWN = new Unknown();

    /** Larger lists are not followed. */
    long MOST_WEIGHT = 20_000;

    /** The dictionary of all modules, {@code sys.modules}. */
    Value MODULES = new Modules();

    /** One of them, which one is not known. */
    Value SOME_MODULE = new Symbol(Paths.SOME);

    List<Whole> SMALL = LongStream.range(0, 256).mapToObj(Whole::new).toList();

    record Unknown() implements Value {}

    record Modules() implements Value {}

    record Text(String text) implements Value {}

    /** Bytes, one character each. */
    record Binary(String bytes) implements Value {}

    record Whole(long number) implements Value {}

    /** A constant that no name is made of: a float, None, True. */
    record Other(String word) implements Value {}

    /**
     * A list, tuple or set.
     *
     * @param weight how many values it is made of, those within its items included
     */
    record Items(List<Value> items, long weight) implements Value {

        /** The same list: comparing what they hold would take as long as they are large. */
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(items);
        }
    }

    /** A dictionary with constant keys. */
    record Pairs(List<Value> keys, List<Value> values) implements Value {

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(keys);
        }
    }

    /** Something outside the program by its full name: "os", "os.system", "builtins.eval". */
    record Symbol(String path) implements Value {}

    /** The dictionary of a symbol's names: {@code vars(os)}. */
    record NamesOf(String path) implements Value {}

    /** The dictionary of the program's own names: {@code globals()}. */
    record OwnNames(Scope scope) implements Value {}

    /** A function of the program's own. */
    record OwnFunction(Scope scope) implements Value {}

    /** A lambda, and where its other names are looked up. */
    record Closure(Expr.Lambda lambda, Env env) implements Value {

        /** The same place in the program: comparing trees would take as long as they are large. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Closure closure && closure.lambda == lambda && closure.env == env;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(lambda);
        }
    }

    /** A class of the program's own. */
    record OwnClass(Scope scope) implements Value {}

    /** {@code attrgetter("a.b")}, {@code methodcaller("a")}, {@code itemgetter("a")}: waits for what to ask. */
    record Getter(Value name, boolean item) implements Value {}

    /** A method of a constant, waiting for its call: {@code "abc".replace}. */
    record Method(Value of, String name) implements Value {}

    /** One of these, depending on what runs. */
    record OneOf(List<Value> values) implements Value {}

    /** A whole number; small ones, of which a program may have hundreds of thousands, are one object each. */
    static Value whole(long number) {
        return number >= 0 && number < SMALL.size() ? SMALL.get((int) number) : new Whole(number);
    }

    /** A list of those, unless it is too large to be worth knowing: lists of lists grow without end. */
    static Value items(List<Value> items) {
        long weight = sum(items);
        return weight > MOST_WEIGHT ? UNKNOWN : new Items(items, weight);
    }

    /** A dictionary of those, unless it is too large to be worth knowing. */
    static Value pairs(List<Value> keys, List<Value> values) {
        return sum(keys) + sum(values) > MOST_WEIGHT ? UNKNOWN : new Pairs(keys, values);
    }

    /** A text, unless it is longer than names are. */
    static Value text(String text) {
        return text.length() > Arithmetic.MOST_TEXT ? UNKNOWN : new Text(text);
    }

    /** Bytes, unless they are longer than names are. */
    static Value binary(String bytes) {
        return bytes.length() > Arithmetic.MOST_TEXT ? UNKNOWN : new Binary(bytes);
    }

    /** Unknown for a text that is longer than names are: nothing is made of it. */
    static Value unlessLong(Value value) {
        boolean isLong = switch (value) {
            case Text(String text) -> text.length() > Arithmetic.MOST_TEXT;
            case Binary(String bytes) -> bytes.length() > Arithmetic.MOST_TEXT;
            default -> false;
        };
        return isLong ? UNKNOWN : value;
    }

    /** How much it is made of: a value or 16 characters weigh 1. */
    static long weight(Value value) {
        return switch (value) {
            case Text(String text) -> weight(text);
            case Binary(String bytes) -> weight(bytes);
            case Symbol(String path) -> weight(path);
            case NamesOf(String path) -> weight(path);
            case Items(List<Value> items, long weight) -> weight;
            case Pairs(List<Value> keys, List<Value> values) -> sum(keys) + sum(values);
            case OneOf(List<Value> values) -> sum(values);
            case Method(Value of, String name) -> 1 + weight(of);
            default -> 1;
        };
    }

    /** Nothing that long is ever made: it is the program's own text. */
    private static long weight(String text) {
        return text.length() > Arithmetic.MOST_TEXT ? 1 : 1 + text.length() / 16;
    }

    private static long sum(List<Value> values) {
        long sum = 1;
        for (Value value : values) {
            sum += weight(value);
        }
        return sum;
    }

    /** The possibilities, one for most values. */
    static List<Value> each(Value value) {
        return value instanceof OneOf(List<Value> values) ? values : List.of(value);
    }
}
