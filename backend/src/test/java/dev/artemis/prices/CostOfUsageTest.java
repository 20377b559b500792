package dev.artemis.prices;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class CostOfUsageTest {

    private static final BigInteger TEN_TO_18 = BigInteger.TEN.pow(18);

    @Test
    void oneTokenEachWayOfASmallModelDoesNotRoundToZero() {
        Cost cost = CostOfUsage.of(Usage.of(1, 1), Rates.of("0.00000015", "0.0000006"))
                .orElseThrow();

        assertThat(cost.total()).hasToString("0.00000075");
    }

    @Test
    void tokensWithoutACachePriceCostWhatInputCosts() {
        Cost cost =
                CostOfUsage.of(new Usage(1, 2, 3, 4, 0), Rates.of("0.01", "1")).orElseThrow();

        assertThat(cost.total()).hasToString("0.1");
    }

    @Test
    void aCacheWriteOfUnknownPriceIsRefusedNotGuessed() {
        var rates = new Rates(
                new BigDecimal("0.000003"), null, new BigDecimal("0.00000375"), null, new BigDecimal("0.000015"));

        assertThat(CostOfUsage.of(new Usage(0, 0, 0, 1, 0), rates)).isEmpty();
        assertThat(CostOfUsage.of(new Usage(0, 0, 1, 0, 0), rates)).isPresent();
    }

    /** Against whole numbers of 10^-18 dollars, which know nothing of decimals, scales or rounding. */
    @RepeatedTest(20)
    void equalsAnIndependentCalculationInWholeNumbers(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 500; i++) {
            List<BigInteger> rates = random.longs(5, 0, 1_000_000_000_000_000_000L)
                    .mapToObj(rate -> BigInteger.valueOf(rate >> random.nextInt(50)))
                    .toList();
            long[] tokens = random.longs(5, 0, Usage.MAX_TOKENS + 1)
                    .map(count -> count >> random.nextInt(40))
                    .toArray();

            Cost cost = CostOfUsage.of(
                            new Usage(tokens[0], tokens[1], tokens[2], tokens[3], tokens[4]),
                            new Rates(
                                    dollars(rates.get(0)),
                                    dollars(rates.get(1)),
                                    dollars(rates.get(2)),
                                    dollars(rates.get(3)),
                                    dollars(rates.get(4))))
                    .orElseThrow();

            BigInteger expected = BigInteger.ZERO;
            for (int d = 0; d < 5; d++) {
                expected = expected.add(rates.get(d).multiply(BigInteger.valueOf(tokens[d])));
            }
            assertThat(inWholeNumbers(cost.total().amount())).isEqualTo(expected);
            assertThat(inWholeNumbers(cost.output().amount()))
                    .isEqualTo(rates.get(4).multiply(BigInteger.valueOf(tokens[4])));
        }
    }

    private static BigDecimal dollars(BigInteger of10ToMinus18) {
        return new BigDecimal(of10ToMinus18, 18);
    }

    private static BigInteger inWholeNumbers(BigDecimal dollars) {
        return dollars.multiply(new BigDecimal(TEN_TO_18)).toBigIntegerExact();
    }
}
