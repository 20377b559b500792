package dev.artemis.prices;

/**
 * Rates for one service tier, from one length of the prompt on.
 *
 * @param service how soon the provider answers
 * @param abovePromptTokens holds for prompts longer than this; 0 for all
 * @param rates for the whole request, not only for what is above
 */
public record RateTier(ServiceTier service, long abovePromptTokens, Rates rates) {

    public RateTier {
        if (abovePromptTokens < 0 || abovePromptTokens > Usage.MAX_TOKENS) {
            throw new IllegalArgumentException("above_tokens: 0 to " + Usage.MAX_TOKENS);
        }
    }

    /** What holds unless something else is named. */
    public static RateTier standard(Rates rates) {
        return new RateTier(ServiceTier.STANDARD, 0, rates);
    }

    boolean isBasis() {
        return service == ServiceTier.STANDARD && abovePromptTokens == 0;
    }
}
