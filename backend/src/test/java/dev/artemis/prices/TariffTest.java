package dev.artemis.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TariffTest {

    private static final RateTier BASIS = RateTier.standard(rates("2", "0.2", "2.5", "4", "10"));

    @Test
    void theWholeRequestIsPricedAtTheHighestThresholdThatItsPromptCrosses() {
        var tariff = new Tariff(List.of(
                BASIS,
                above(ServiceTier.STANDARD, 200_000, rates("4", "0.4", "5", "8", "15")),
                above(ServiceTier.STANDARD, 500_000, rates("8", "0.8", "10", "16", "30"))));

        assertThat(input(tariff, ServiceTier.STANDARD, 200_000)).isEqualTo("2");
        assertThat(input(tariff, ServiceTier.STANDARD, 200_001)).isEqualTo("4");
        assertThat(input(tariff, ServiceTier.STANDARD, 9_000_000)).isEqualTo("8");
    }

    @Test
    void cachedTokensCountTowardsTheThreshold() {
        assertThat(new Usage(1, 100, 20, 3, 9_999).tokensPrompt()).isEqualTo(124);
    }

    @Test
    void batchWithoutAPriceCostsTheStandardPriceAndPriorityHasNone() {
        var tariff = new Tariff(List.of(BASIS));

        assertThat(input(tariff, ServiceTier.BATCH, 1)).isEqualTo("2");
        assertThat(input(tariff, ServiceTier.FLEX, 1)).isEqualTo("2");
        assertThat(tariff.ratesFor(ServiceTier.PRIORITY, 1)).isEmpty();
    }

    @Test
    void aSurchargeCarriesOverToCachesThatTheTierDoesNotName() {
        var tariff = new Tariff(List.of(BASIS, above(ServiceTier.PRIORITY, 0, rates("3", null, null, null, "20"))));

        assertThat(tariff.ratesFor(ServiceTier.PRIORITY, 1)).hasValue(rates("3", "0.3", "3.75", "6", "20"));
    }

    @Test
    void aDiscountDoesNotCarryOverButACachedReadIsNeverDearerThanInput() {
        var tariff = new Tariff(List.of(BASIS, above(ServiceTier.BATCH, 0, rates("0.1", null, null, null, "5"))));

        assertThat(tariff.ratesFor(ServiceTier.BATCH, 1)).hasValue(rates("0.1", "0.1", "2.5", "4", "5"));
    }

    @Test
    void aTierWithoutTheThresholdCostsTheDearerOfBoth() {
        var tariff = new Tariff(List.of(
                BASIS,
                above(ServiceTier.STANDARD, 100, rates("4", "0.4", "5", "8", "15")),
                above(ServiceTier.BATCH, 0, rates("1", "0.1", "1.25", "2", "5")),
                above(ServiceTier.PRIORITY, 0, rates("5", "0.5", "6", "9", "12"))));

        assertThat(tariff.ratesFor(ServiceTier.BATCH, 101)).hasValue(rates("4", "0.4", "5", "8", "15"));
        assertThat(tariff.ratesFor(ServiceTier.BATCH, 100)).hasValue(rates("1", "0.1", "1.25", "2", "5"));
        assertThat(tariff.ratesFor(ServiceTier.PRIORITY, 101)).hasValue(rates("5", "0.5", "6", "9", "15"));
    }

    @Test
    void aTariffNeedsExactlyOneBasis() {
        assertThatThrownBy(() -> new Tariff(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Tariff(List.of(BASIS, BASIS))).isInstanceOf(IllegalArgumentException.class);
    }

    private static String input(Tariff tariff, ServiceTier tier, long prompt) {
        return tariff.ratesFor(tier, prompt).orElseThrow().input().toPlainString();
    }

    private static RateTier above(ServiceTier tier, long threshold, Rates rates) {
        return new RateTier(tier, threshold, rates);
    }

    private static Rates rates(
            String input, @Nullable String read, @Nullable String write5m, @Nullable String write1h, String output) {
        return new Rates(
                new BigDecimal(input), decimal(read), decimal(write5m), decimal(write1h), new BigDecimal(output));
    }

    private static @Nullable BigDecimal decimal(@Nullable String text) {
        return text == null ? null : new BigDecimal(text);
    }
}
