package dev.artemis.prices;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which prices to list.
 *
 * @param text part of a model's name, in any case; empty for all
 * @param provider the catalogue's name of one provider; null for all
 * @param inForceAt only prices in force then; null for all that ever were
 */
public record PriceQuery(
        String text, @Nullable String provider, @Nullable Instant inForceAt) {

    /** Everything. */
    public static final PriceQuery ALL = new PriceQuery("", null, null);

    public PriceQuery {
        text = text.strip().toLowerCase(Locale.ROOT);
    }

    boolean matches(Price price) {
        return price.model().toLowerCase(Locale.ROOT).contains(text)
                && (provider == null || price.provider().equals(ModelNames.provider(provider)))
                && (inForceAt == null || price.isInForce(inForceAt));
    }

    boolean namesExactly(Price price) {
        return price.model().equalsIgnoreCase(text);
    }
}
