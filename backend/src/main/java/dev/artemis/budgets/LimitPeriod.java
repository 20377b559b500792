package dev.artemis.budgets;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** For how long a limit counts, in the tenant's time zone. Shortest first: on a tie a refusal names the first. */
public enum LimitPeriod {
    DAILY,
    MONTHLY;

    /** The API's name: "daily", "monthly". */
    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
