package dev.artemis.prices;

import java.util.List;
import java.util.stream.Stream;

/** The answer to "what does this cost?": a price, or why there is none. */
public sealed interface Pricing {

    /**
     * It has a price.
     *
     * @param price which price was in force; kept in the ledger, never copied
     * @param provider the catalogue's name of the provider
     * @param model the catalogue's name of the model: "gpt-4o" where "gpt-4o-2024-08-06" was asked for and has no
     *     price of its own
     * @param rates US dollars a token, as they applied to this call (tier and long context considered)
     * @param cost exact
     * @param unpriced what of it has no rate: never anything before the call was made
     */
    record Priced(PriceId price, String provider, String model, Rates rates, Cost cost, List<UnpricedPart> unpriced)
            implements Pricing {
        public Priced {
            unpriced = List.copyOf(unpriced);
        }

        /** The same, with more that has no rate. */
        public Priced without(List<UnpricedPart> parts) {
            return parts.isEmpty()
                    ? this
                    : new Priced(
                            price,
                            provider,
                            model,
                            rates,
                            cost,
                            Stream.concat(unpriced.stream(), parts.stream()).toList());
        }
    }

    /**
     * It has none, so the call must be refused.
     *
     * @param model as it was asked for
     * @param why one sentence for the caller
     */
    record Unpriced(ModelRef model, String why) implements Pricing {}
}
