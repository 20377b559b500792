package dev.artemis.providers;

import org.jspecify.annotations.Nullable;

/**
 * A key that a team hands in.
 *
 * @param name 1 to 200 characters
 * @param baseUrl null: the provider's own address
 */
public record NewProviderKey(
        Provider provider,
        String name,
        String secret,
        @Nullable String baseUrl) {

    @Override
    public String toString() {
        return "NewProviderKey[" + provider + ", " + name + "]";
    }
}
