package dev.artemis.ui.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.shared.Usd;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;
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

    @Test
    void aMomentIsWrittenInTheReadersFormAndTheTeamsZone() {
        Instant at = Instant.parse("2026-11-26T22:05:09Z");
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        var german = new Format(Locale.GERMANY, berlin);
        var american = new Format(Locale.US, berlin);

        assertThat(german.dateTime(at)).isEqualTo("26.11.2026, 23:05");
        assertThat(german.precise(at)).isEqualTo("26.11.2026, 23:05:09 Europe/Berlin");
        assertThat(german.date(LocalDate.of(2026, 11, 6))).isEqualTo("06.11.2026");
        assertThat(american.dateTime(at).replace('\u202f', ' ')).isEqualTo("Nov 26, 2026, 11:05 PM");
        assertThat(american.precise(at).replace('\u202f', ' ')).isEqualTo("Nov 26, 2026, 11:05:09 PM Europe/Berlin");
    }
}
