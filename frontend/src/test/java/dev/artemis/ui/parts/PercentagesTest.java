package dev.artemis.ui.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentagesTest {

    private static final List<BigDecimal> TWO = List.of(new BigDecimal("80"), new BigDecimal("82.5"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en|80, 82.5",
                "en|80,82.5",
                "en|80; 82.5",
                "de|80; 82,5",
                "de|80;82,5",
                "de|80, 82,5",
                "de|80 82.5"
            })
    void areReadAsTheReaderWritesThem(String language, String typed) {
        assertThat(Percentages.read(typed, Locale.of(language))).isEqualTo(TWO);
    }

    @Test
    void areReadAgainAsTheyWereWritten() {
        for (Locale reader : List.of(Locale.ENGLISH, Locale.GERMANY)) {
            assertThat(Percentages.read(Percentages.written(TWO, reader), reader))
                    .isEqualTo(TWO);
        }
        assertThat(Percentages.written(TWO, Locale.GERMANY)).isEqualTo("80; 82,5");
        assertThat(Percentages.read(" ", Locale.ENGLISH)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"en|7.5|7.5", "en|+7.5|7.5", "en| -10 |-10", "de|7,5|7.5", "de|-7,125|-7.125", "de|+12.25|12.25"})
    void oneMayBeBelowNothing(String language, String typed, BigDecimal expected) {
        assertThat(Percentages.readSigned(typed, Locale.of(language))).isEqualByComparingTo(expected);
    }

    @Test
    void oneAloneIsANumberAndNothingElse() {
        for (String typed : List.of("", "-", "+-1", "7 8", "7,5", "1e2", "7.12345")) {
            assertThatThrownBy(() -> Percentages.readSigned(typed, Locale.ENGLISH))
                    .as(typed)
                    .isInstanceOf(NumberFormatException.class);
        }
    }

    @Test
    void whatIsNoNumberIsRefused() {
        for (String typed : List.of("80, most", "1e2", "-1")) {
            assertThatThrownBy(() -> Percentages.read(typed, Locale.ENGLISH)).isInstanceOf(NumberFormatException.class);
        }
        assertThatThrownBy(() -> Percentages.read("50,100", Locale.GERMAN)).isInstanceOf(NumberFormatException.class);
    }
}
