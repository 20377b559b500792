package dev.artemis.ui.admin;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import dev.artemis.prices.Rates;
import dev.artemis.shared.Usd;
import dev.artemis.ui.Problems;
import dev.artemis.ui.Rules;
import dev.artemis.ui.parts.AmountField;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The five rates of a price, typed as price lists say them: for a million tokens. */
class RateFields extends Div {

    private static final long serialVersionUID = 1;

    private static final int MILLION_PLACES = 6;

    private final AmountField input = new AmountField(translate("prices.input"));
    private final AmountField cacheRead = new AmountField(translate("prices.cached"));
    private final AmountField cacheWrite5m = new AmountField(translate("prices.write-5m"));
    private final AmountField cacheWrite1h = new AmountField(translate("prices.write-1h"));
    private final AmountField output = new AmountField(translate("prices.output"));

    RateFields() {
        addClassName("artemis-fields");
        input.setRequiredIndicatorVisible(true);
        output.setRequiredIndicatorVisible(true);
        input.setHelperText(translate("prices.per-million"));
        add(input, cacheRead, cacheWrite5m, cacheWrite1h, output);
    }

    void take(Rates rates) {
        show(input, rates.input());
        show(cacheRead, rates.cacheRead());
        show(cacheWrite5m, rates.cacheWrite5m());
        show(cacheWrite1h, rates.cacheWrite1h());
        show(output, rates.output());
    }

    /** The fields by the API's names. */
    Map<String, AmountField> byName() {
        Map<String, AmountField> byName = new LinkedHashMap<>();
        byName.put("input", input);
        byName.put("cache_read", cacheRead);
        byName.put("cache_write_5m", cacheWrite5m);
        byName.put("cache_write_1h", cacheWrite1h);
        byName.put("output", output);
        return byName;
    }

    /** What was typed; empty, and said at the fields, where it cannot be a price. */
    Optional<Rates> rates() {
        // each says its own fault
        boolean readable =
                byName().values().stream().filter(field -> !field.check()).count() == 0;
        Stream.of(input, output)
                .filter(field -> field.getValue().isBlank())
                .forEach(field -> Problems.fault(field, translate("prices.needed")));
        BigDecimal in = readable ? perToken(input) : null;
        BigDecimal out = readable ? perToken(output) : null;
        if (in == null || out == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Rates(in, perToken(cacheRead), perToken(cacheWrite5m), perToken(cacheWrite1h), out));
        } catch (IllegalArgumentException e) {
            String[] fieldAndRule = String.valueOf(e.getMessage()).split(": ", 2);
            Problems.fault(
                    byName().getOrDefault(fieldAndRule[0], input), Rules.say(fieldAndRule[fieldAndRule.length - 1]));
            return Optional.empty();
        }
    }

    private static void show(AmountField field, @Nullable BigDecimal perToken) {
        field.setAmount(perToken == null ? null : Usd.rounded(perToken.movePointRight(MILLION_PLACES)));
    }

    private static @Nullable BigDecimal perToken(AmountField field) {
        return field.amount()
                .map(Usd::amount)
                .map(amount -> amount.movePointLeft(MILLION_PLACES))
                .orElse(null);
    }
}
