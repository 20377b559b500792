package dev.artemis.scanning.python;

import java.util.LinkedHashSet;
import java.util.Set;

/** What something may be, gathered. Where there are too many, that it may be anything else is one of them. */
final class Alternatives {

    /** Names are short and matter; what is made of others multiplies. */
    private static final int MOST_PLAIN = 64;

    private static final int MOST_OTHERS = 16;

    private final Set<Value> found = new LinkedHashSet<>(4);
    private boolean full;

    void add(Value values) {
        for (Value value : Value.each(values)) {
            if (isOfPower(value) || found.size() < (isPlain(value) ? MOST_PLAIN : MOST_OTHERS)) {
                found.add(value);
            } else if (!found.contains(value)) {
                full = true;
            }
        }
    }

    /** Whether more would change nothing. */
    boolean isFull() {
        return full && found.size() >= MOST_PLAIN;
    }

    Set<Value> found() {
        return found;
    }

    Value value() {
        if (full) {
            found.add(Value.UNKNOWN);
        }
        return Meaning.oneOf(found);
    }

    /** What a rule knows is never dropped: there are not more than rules. */
    private static boolean isOfPower(Value value) {
        return value instanceof Value.Symbol(String path) && Rules.knows(path);
    }

    private static boolean isPlain(Value value) {
        return switch (value) {
            case Value.Symbol symbol -> true;
            case Value.NamesOf names -> true;
            case Value.Text text -> true;
            case Value.Whole whole -> true;
            default -> false;
        };
    }
}
