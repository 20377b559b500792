package dev.artemis.scanning.python;

import org.jspecify.annotations.Nullable;

/** One place where a name gets a value. */
final class Binding {

    /** A piece of the program that may not run: a branch, a loop, a try. */
    static final class Region {
        private final int start;
        private int end = Integer.MAX_VALUE;

        Region(int start) {
            this.start = start;
        }

        void close(int at) {
            end = at;
        }

        boolean holds(int at) {
            return at >= start && at < end;
        }
    }

    private final int at;
    private final Scope within;
    private final @Nullable Region region;
    private final @Nullable Expr expression;
    private final boolean isDefinition;
    private @Nullable Value meaning;
    private boolean beingFound;

    /**
     * A name gets a value.
     *
     * @param within the scope in which the expression is evaluated
     * @param region null: runs whenever its scope does
     * @param expression what it is bound to; null where that is not known
     * @param meaning where it is known without looking
     */
    Binding(int at, Scope within, @Nullable Region region, @Nullable Expr expression, @Nullable Value meaning) {
        this.at = at;
        this.within = within;
        this.region = region;
        this.expression = expression;
        this.meaning = meaning;
        this.isDefinition = meaning instanceof Value.OwnFunction || meaning instanceof Value.OwnClass;
    }

    int at() {
        return at;
    }

    Scope within() {
        return within;
    }

    @Nullable Expr expression() {
        return expression;
    }

    /** Whether it is certain to have happened when the place is reached in the same scope. */
    boolean precedes(int place) {
        return at < place && (region == null || region.holds(place));
    }

    /**
     * Whether it has happened when a function that holds the place runs: one of the program's own, wherever it is
     * written, unless that function may run before.
     */
    boolean isLasting(int place, EarlyUses uses) {
        return region == null && (at < place || (isDefinition && !uses.isAnyBetween(place, at)));
    }

    @Nullable Value meaning() {
        return meaning;
    }

    void means(Value value) {
        this.meaning = value;
    }

    /** False where its own value is being looked for already: a name that is made of itself. */
    boolean begin() {
        if (beingFound) {
            return false;
        }
        beingFound = true;
        return true;
    }

    void end() {
        beingFound = false;
    }
}
