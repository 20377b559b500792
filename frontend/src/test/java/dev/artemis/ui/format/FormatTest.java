package dev.artemis.ui.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.shared.Usd;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {

    @ParameterizedTest
    @CsvSource({
        "0,     0 %",
        "0.01,  < 1 %",
        "0.99,  < 1 %",
        "1,     1 %",
        "1.5,   1 %",
        "98.9,  98 %",
        "99,    99 %",
        "99.01, > 99 %",
        "99.99, > 99 %",
        "100,   100 %",
        "250,   250 %"
    })
    void aShareIsNothingOrAllOnlyWhereItIs(String part, String shown) {
        for (Locale reader : new Locale[] {Locale.US, Locale.GERMANY}) {
            var format = new Format(reader, ZoneOffset.UTC);

            assertThat(format.percent(Usd.of(part), Usd.of("100")).replace('\u00a0', ' '))
                    .isEqualTo(shown);
        }
    }
}
