package dev.artemis.budgets;

import dev.artemis.shared.Problem;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of limits that they saw: it touches what differs between the two, and nothing else.
 *
 * @param seen as they were when somebody looked
 * @param wanted as they shall be
 */
public record LimitEdit(Limits seen, Limits wanted) {

    /** Takes the same back; refused like any edit where somebody else changed it since. */
    public LimitEdit reversed() {
        return new LimitEdit(wanted, seen);
    }

    /**
     * The limits after the edit.
     *
     * @param now as they are by then
     * @throws Problem 409 {@code limits-changed}: somebody else changed what it touches
     */
    public Limits onto(Limits now) {
        return new Limits(
                merged(seen.daily(), wanted.daily(), now.daily()),
                merged(seen.monthly(), wanted.monthly(), now.monthly()),
                Objects.requireNonNull(
                        merged(seen.alertThresholds(), wanted.alertThresholds(), now.alertThresholds())));
    }

    private static <T> @Nullable T merged(@Nullable T seen, @Nullable T wanted, @Nullable T now) {
        if (Objects.equals(seen, wanted)) {
            return now;
        }
        if (!Objects.equals(seen, now) && !Objects.equals(wanted, now)) {
            throw Problem.of(
                    409, "limits-changed", "Somebody else changed these limits meanwhile: look at them again.");
        }
        return wanted;
    }
}
