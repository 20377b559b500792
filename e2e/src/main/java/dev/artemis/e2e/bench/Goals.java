package dev.artemis.e2e.bench;

import java.util.ArrayList;
import java.util.List;

/** What was promised, held against what was measured. */
final class Goals {

    private final List<String> missed = new ArrayList<>();

    /**
     * Takes down one.
     *
     * @param most in that unit; more is missed
     * @return a word for the report
     */
    String check(String what, double measured, double most, String unit) {
        if (measured <= most) {
            return "held";
        }
        missed.add("%s: %.2f %s, at most %.2f %s were promised".formatted(what, measured, unit, most, unit));
        return "MISSED";
    }

    /** @throws IllegalStateException one was missed */
    void require() {
        if (!missed.isEmpty()) {
            throw new IllegalStateException("goals missed:\n  " + String.join("\n  ", missed));
        }
        System.out.println("all goals held");
    }
}
