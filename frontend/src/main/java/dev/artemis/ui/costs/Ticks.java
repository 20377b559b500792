package dev.artemis.ui.costs;

import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.ChartData;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.IntStream;

/** An axis from zero to just above the greatest value, in four round steps. */
final class Ticks {

    private static final int STEPS = 4;
    private static final List<BigDecimal> ROUND = List.of(
            new BigDecimal("1"), new BigDecimal("2"), new BigDecimal("2.5"), new BigDecimal("5"), BigDecimal.TEN);

    private Ticks() {}

    static List<ChartData.Tick> upTo(BigDecimal greatest, Format format) {
        BigDecimal step = step(greatest).stripTrailingZeros();
        int places = Math.max(0, step.scale());
        return IntStream.rangeClosed(0, STEPS)
                .mapToObj(number -> step.multiply(BigDecimal.valueOf(number)))
                .map(value -> new ChartData.Tick(value, format.tick(value, places)))
                .toList();
    }

    private static BigDecimal step(BigDecimal greatest) {
        if (greatest.signum() <= 0) {
            return BigDecimal.ONE;
        }
        BigDecimal least = greatest.divide(BigDecimal.valueOf(STEPS), MathContext.DECIMAL64);
        BigDecimal magnitude = BigDecimal.ONE.scaleByPowerOfTen(least.precision() - least.scale() - 1);
        return ROUND.stream()
                .map(magnitude::multiply)
                .filter(step -> step.compareTo(least) >= 0)
                .findFirst()
                .orElseThrow();
    }
}
