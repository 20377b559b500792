package dev.artemis.scanning.python;

import java.util.ArrayList;
import java.util.List;

/** Operators between constants. Long results are not kept: no name is longer. */
final class Arithmetic {

    static final int MOST_TEXT = 4_096;

    private Arithmetic() {}

    static Value of(Value left, String operator, Value right) {
        if (!(left instanceof Value.OneOf) && !(right instanceof Value.OneOf)) {
            return one(left, operator, right);
        }
        var found = new Alternatives();
        for (Value a : Value.each(left)) {
            for (Value b : Value.each(right)) {
                if (!found.isFull()) {
                    found.add(one(a, operator, b));
                }
            }
        }
        return found.value();
    }

    /** As a formatted string shows it. */
    static Value asText(Value value) {
        return switch (value) {
            case Value.Whole(long number) -> new Value.Text(Long.toString(number));
            case Value.Text text -> text;
            case Value.OneOf oneOf -> oneOf;
            default -> Value.UNKNOWN;
        };
    }

    private static Value one(Value left, String operator, Value right) {
        return switch (left) {
            case Value.Text(String text) -> text(text, operator, right);
            case Value.Binary(String bytes) ->
                operator.equals("+")
                                && right instanceof Value.Binary(String more)
                                && bytes.length() + more.length() <= MOST_TEXT
                        ? new Value.Binary(bytes + more)
                        : Value.UNKNOWN;
            case Value.Items(List<Value> items, long itemsWeight) ->
                operator.equals("+")
                                && right instanceof Value.Items(List<Value> more, long moreWeight)
                                && items.size() < MOST_TEXT
                        ? Value.items(concatenated(items, more))
                        : Value.UNKNOWN;
            case Value.Whole(long a) -> whole(a, operator, right);
            case Value.NamesOf names when operator.equals("|") -> Meaning.either(left, right);
            case Value.Modules modules when operator.equals("|") -> Meaning.either(left, right);
            case Value.OwnNames names when operator.equals("|") -> Meaning.either(left, right);
            case Value.Pairs pairs when operator.equals("|") -> Meaning.either(left, right);
            default -> Value.UNKNOWN;
        };
    }

    private static Value text(String text, String operator, Value right) {
        return switch (operator) {
            case "+" ->
                right instanceof Value.Text(String more) && text.length() + more.length() <= MOST_TEXT
                        ? new Value.Text(text + more)
                        : Value.UNKNOWN;
            case "*" ->
                right instanceof Value.Whole(long times)
                                && times >= 0
                                && times <= MOST_TEXT
                                && times * text.length() <= MOST_TEXT
                        ? new Value.Text(text.repeat((int) times))
                        : Value.UNKNOWN;
            case "%" -> Formats.percent(text, right);
            default -> Value.UNKNOWN;
        };
    }

    private static Value whole(long a, String operator, Value right) {
        if (!(right instanceof Value.Whole(long b))) {
            return right instanceof Value.Text(String text) && operator.equals("*")
                    ? text(text, "*", new Value.Whole(a))
                    : Value.UNKNOWN;
        }
        try {
            return exact(a, operator, b);
        } catch (ArithmeticException e) {
            // Python's numbers are as long as they need to be; a name is made of none that long
            return Value.UNKNOWN;
        }
    }

    private static Value exact(long a, String operator, long b) {
        return switch (operator) {
            case "+" -> new Value.Whole(Math.addExact(a, b));
            case "-" -> new Value.Whole(Math.subtractExact(a, b));
            case "*" -> new Value.Whole(Math.multiplyExact(a, b));
            case "//" -> b == 0 ? Value.UNKNOWN : new Value.Whole(Math.floorDivExact(a, b));
            case "%" -> b == 0 ? Value.UNKNOWN : new Value.Whole(Math.floorMod(a, b));
            case "^" -> new Value.Whole(a ^ b);
            case "&" -> new Value.Whole(a & b);
            case "|" -> new Value.Whole(a | b);
            case "<<" -> b >= 0 && b < 32 ? new Value.Whole(Math.multiplyExact(a, 1L << b)) : Value.UNKNOWN;
            case ">>" -> b >= 0 && b < 63 ? new Value.Whole(a >> b) : Value.UNKNOWN;
            default -> Value.UNKNOWN;
        };
    }

    private static List<Value> concatenated(List<Value> a, List<Value> b) {
        List<Value> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }
}
