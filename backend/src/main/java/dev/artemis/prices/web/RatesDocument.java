package dev.artemis.prices.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.artemis.prices.Rates;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** US dollars a token, as decimal strings. */
record RatesDocument(
        @Nullable Usd input,
        @Nullable Usd cacheRead,
        @JsonProperty("cache_write_5m") @Nullable Usd cacheWrite5m,
        @JsonProperty("cache_write_1h") @Nullable Usd cacheWrite1h,
        @Nullable Usd output) {

    static RatesDocument of(Rates rates) {
        return new RatesDocument(
                new Usd(rates.input()),
                usd(rates.cacheRead()),
                usd(rates.cacheWrite5m()),
                usd(rates.cacheWrite1h()),
                new Usd(rates.output()));
    }

    Rates rates(String within) {
        Usd forInput = NewPriceRequest.given(within + "input", input);
        Usd forOutput = NewPriceRequest.given(within + "output", output);
        try {
            return new Rates(
                    forInput.amount(),
                    amount(cacheRead),
                    amount(cacheWrite5m),
                    amount(cacheWrite1h),
                    forOutput.amount());
        } catch (IllegalArgumentException e) {
            String[] fieldAndRule = String.valueOf(e.getMessage()).split(": ", 2);
            throw Problem.notAllowed(within + fieldAndRule[0], fieldAndRule[fieldAndRule.length - 1]);
        }
    }

    private static @Nullable Usd usd(@Nullable BigDecimal rate) {
        return rate == null ? null : new Usd(rate);
    }

    private static @Nullable BigDecimal amount(@Nullable Usd usd) {
        return usd == null ? null : usd.amount();
    }
}
