package dev.artemis.reports;

import dev.artemis.shared.KeyId;
import dev.artemis.shared.Problem;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request narrows figures or calls by, as it says it; each may be empty, for what has none.
 *
 * @param key id
 * @param member id
 */
public record Narrowing(
        @Nullable String stage,
        @Nullable String model,
        @Nullable String card,
        @Nullable String provider,
        @Nullable String key,
        @Nullable String member) {

    /**
     * Those that are given. Checks the ids, and the texts as far as a database must.
     *
     * @throws Problem 422 naming the parameter
     */
    public Map<Dimension, String> values() {
        Map<Dimension, String> values = new EnumMap<>(Dimension.class);
        put(values, Dimension.STAGE, text("stage", stage));
        put(values, Dimension.MODEL, text("model", model));
        put(values, Dimension.CARD, text("card", card));
        put(values, Dimension.PROVIDER, text("provider", provider));
        put(values, Dimension.KEY, idOrNone("key", key));
        put(values, Dimension.MEMBER, idOrNone("member", member));
        return values;
    }

    private static void put(Map<Dimension, String> values, Dimension dimension, @Nullable String value) {
        if (value != null) {
            values.put(dimension, value);
        }
    }

    /** A text with a zero in it is none to PostgreSQL, and fails there. */
    private static @Nullable String text(String field, @Nullable String value) {
        if (value != null && value.indexOf('\0') >= 0) {
            throw Problem.notAllowed(field, "no control characters");
        }
        return value;
    }

    private static @Nullable String idOrNone(String field, @Nullable String value) {
        try {
            return value == null || value.isEmpty() ? value : KeyId.parse(value).toString();
        } catch (IllegalArgumentException e) {
            throw Problem.notAllowed(field, "an id, or empty for what has none");
        }
    }
}
