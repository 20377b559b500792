package dev.artemis.prices;

import dev.artemis.shared.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A price that an administrator writes.
 *
 * @param validFrom inclusive; null means from now on
 * @param validTo exclusive; null means until the next price, or until further notice
 * @param free zero both ways is meant
 * @param aliases other names of the model
 */
public record NewPrice(
        String provider,
        String model,
        Tariff tariff,
        @Nullable Instant validFrom,
        @Nullable Instant validTo,
        boolean free,
        List<String> aliases) {

    private static final int MAX_ALIASES = 20;

    /**
     * Checks the names.
     *
     * @throws Problem 422 naming the field
     */
    public NewPrice {
        var checked = new ModelRef(provider, model);
        provider = ModelNames.provider(String.valueOf(checked.provider()));
        aliases = List.copyOf(aliases);
        if (aliases.size() > MAX_ALIASES) {
            throw Problem.notAllowed("aliases", "at most " + MAX_ALIASES);
        }
        aliases.forEach(ModelRef::of);
        if (validFrom != null && validTo != null && !validTo.isAfter(validFrom)) {
            throw Problem.notAllowed("valid_to", "after valid_from");
        }
    }

    /** The same rates for everyone, from now on. */
    public static NewPrice of(String provider, String model, Rates rates) {
        return new NewPrice(provider, model, Tariff.of(rates), null, null, false, List.of());
    }
}
