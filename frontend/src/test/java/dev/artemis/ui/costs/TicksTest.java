package dev.artemis.ui.costs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.ChartData;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicksTest {

    private final Format format = new Format(Locale.ENGLISH, ZoneId.of("UTC"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | $0 $1 $2 $3 $4",
                "6.4 | $0 $2 $4 $6 $8",
                "1.58 | $0.00 $0.50 $1.00 $1.50 $2.00",
                "107 | $0 $50 $100 $150 $200",
                "0.00000014 | $0.00000000 $0.00000005 $0.00000010 $0.00000015 $0.00000020"
            })
    void fourRoundStepsReachAboveTheGreatestValue(BigDecimal greatest, String texts) {
        var ticks = Ticks.upTo(greatest, format);

        assertThat(ticks).extracting(ChartData.Tick::text).containsExactly(texts.split(" "));
        assertThat(ticks.getLast().value()).isGreaterThanOrEqualTo(greatest);
    }
}
