package dev.artemis.prices;

import dev.artemis.shared.Problem;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A model as a caller names it: with or without its provider, with or without a date suffix.
 *
 * @param provider such as "openai"; null lets the catalogue find it
 * @param model such as "gpt-4o", "gpt-4o-2024-08-06" or "azure/gpt-4o"
 */
public record ModelRef(@Nullable String provider, String model) {

    private static final int MAX_PROVIDER = 100;
    private static final int MAX_MODEL = 200;
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]+(?: [!-~]+)*");

    /**
     * Checks both names.
     *
     * @throws Problem 422: empty, too long, or with characters that no model's name has
     */
    public ModelRef {
        if (provider != null) {
            check("provider", provider, MAX_PROVIDER);
        }
        check("model", model, MAX_MODEL);
    }

    /** A model whose provider the catalogue finds. */
    public static ModelRef of(String model) {
        return new ModelRef(null, model);
    }

    public Optional<String> providerNamed() {
        return Optional.ofNullable(provider);
    }

    private static void check(String field, String value, int max) {
        if (value.isEmpty() || value.length() > max || !PRINTABLE.matcher(value).matches()) {
            throw Problem.notAllowed(field, "1 to " + max + " printable ASCII characters");
        }
    }

    @Override
    public String toString() {
        return provider == null ? model : provider + "/" + model;
    }
}
