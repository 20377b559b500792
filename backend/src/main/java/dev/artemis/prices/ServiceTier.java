package dev.artemis.prices;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How soon a provider answers, and at what price. */
public enum ServiceTier {
    STANDARD,
    /** Within a day, usually at half the price. */
    BATCH,
    /** When there is room. */
    FLEX,
    /** Ahead of the others, dearer. */
    PRIORITY;

    /**
     * Reads the API's name of a tier.
     *
     * @throws IllegalArgumentException there is none of that name
     */
    @JsonCreator
    public static ServiceTier of(String text) {
        for (ServiceTier tier : values()) {
            if (tier.toString().equals(text)) {
                return tier;
            }
        }
        throw new IllegalArgumentException("one of standard, batch, flex, priority");
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
