package dev.artemis.budgets;

import java.util.Locale;

/** What has become of a hold; written as the API does, such as "held". */
public enum HoldStatus {
    HELD,
    SETTLED,
    RELEASED,
    EXPIRED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
