package dev.artemis.ui.parts;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.UI;
import dev.artemis.OnDatabase;
import dev.artemis.shared.Usd;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An amount that could be another one in another language is refused rather than guessed. */
@OnDatabase
class AmountFieldTest extends SpringBrowserlessTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en|6.1|6.10",
                "de|6.1|6,10",
                "en|144.00|144",
                "en|0.00000015|0.00000015",
                "en|-0.5|-0.50",
                "en|100|100"
            })
    void showsPartsOfADollarInCentsAtLeast(String language, String amount, String shown) {
        UI.getCurrent().setLocale(Locale.of(language));
        var field = new AmountField("Limit");
        UI.getCurrent().add(field);

        field.setAmount(Usd.of(amount));

        assertThat(field.getValue()).isEqualTo(shown);
        assertThat(field.amount()).contains(Usd.of(amount));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en|12.50|12.5",
                "en|1,234.50|1234.5",
                "en|1,234,567|1234567",
                "en|0.000000000000000001|0.000000000000000001",
                "en|.5|",
                "en|12,50|",
                "en|1.234,50|",
                "en|1,23,456|",
                "en|1e9|",
                "en|-1|",
                "en|.|",
                "de|12,50|12.5",
                "de|1.234,50|1234.5",
                "de|1.000|1000",
                "de|12.50|",
                "de|1,234.50|",
                "de|12,5,0|"
            })
    void isReadAsTheReaderWritesIt(String language, String typed, String amount) {
        UI.getCurrent().setLocale(Locale.of(language));
        var field = new AmountField("Limit");
        UI.getCurrent().add(field);

        field.setValue(typed);

        assertThat(field.check()).isEqualTo(amount != null);
        if (amount != null) {
            assertThat(field.amount()).contains(Usd.of(amount));
        }
    }
}
