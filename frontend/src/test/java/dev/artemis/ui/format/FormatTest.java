package dev.artemis.ui.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.shared.Usd;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "42.9 29.1 14.2 13.8 | 43 % 29 % 14 % 14 %",
                "33.4 33.3 33.3      | 34 % 33 % 33 %",
                "99.6 0.4            | > 99 % < 1 %",
                "99.9 0.05 0.05      | > 99 % < 1 % < 1 %",
                "100                 | 100 %",
                "100 0               | 100 % 0 %",
                "110 -10             | 110 % -10 %"
            })
    void sharesOfAWholeComeToAllOfIt(String parts, String shown) {
        List<Usd> shares = Stream.of(parts.split(" ")).map(Usd::of).toList();

        assertThat(String.join(" ", new Format(Locale.US, ZoneOffset.UTC).shares(shares, Usd.sum(shares)))
                        .replace('\u00a0', ' '))
                .isEqualTo(shown);
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
