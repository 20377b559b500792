package dev.artemis.ui.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

    private final Money english = new Money(Locale.US);
    private final Money german = new Money(Locale.GERMANY);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | $0.00",
                "1234.5 | $1,234.50",
                "1.005 | $1.00",
                "0.0325 | $0.0325",
                "0.5 | $0.5000",
                "0.00000075 | $0.00000075",
                "0.000000123456 | $0.000000123",
                "-3.2 | \u2212$3.20"
            })
    void whatWasSpentNeverReadsAsZero(String amount, String text) {
        assertThat(english.text(Usd.of(amount))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.07    | 4.11  | $0.07",
                "0.4041  | -5.22 | $0.40",
                "-0.2156 | 1     | \u2212$0.22",
                "0.07    | 0.99  | $0.0700",
                "0.0075  | 4.11  | $0.0075",
                "0       | 4.11  | $0.00"
            })
    void besideAnAmountInCentsCentsAreReadWhereThereAreAny(String amount, String beside, String text) {
        assertThat(english.text(Usd.of(amount), Usd.of(beside))).isEqualTo(text);
    }

    @Test
    void germansReadACommaAndTheSignBehind() {
        assertThat(german.text(Usd.of("1234.5"))).isEqualTo("1.234,50\u00a0$");
    }

    @Test
    void exactAmountsKeepTheirLastDigit() {
        assertThat(english.exact(Usd.of("1002.663702415"))).isEqualTo("$1,002.663702415");
        assertThat(english.exact(Usd.of("0.000000000000000001"))).isEqualTo("$0.000000000000000001");
    }

    @Test
    void anAxisHasCentsOnAllTicksOrNone() {
        assertThat(english.tick(BigDecimal.ONE, 0)).isEqualTo("$1");
        assertThat(english.tick(BigDecimal.ONE, 1)).isEqualTo("$1.00");
    }
}
