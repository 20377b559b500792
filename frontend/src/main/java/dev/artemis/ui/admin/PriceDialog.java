package dev.artemis.ui.admin;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.textfield.TextField;
import dev.artemis.prices.NewPrice;
import dev.artemis.prices.Prices;
import dev.artemis.prices.Rates;
import dev.artemis.prices.Tariff;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Usd;
import dev.artemis.ui.Problems;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.AmountField;
import dev.artemis.ui.parts.FormDialog;
import dev.artemis.ui.parts.Notices;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A new price, typed as price lists say it: for a million tokens. Tiers and thresholds are written through the API. */
final class PriceDialog {

    private static final int MILLION_PLACES = 6;

    private final TextField provider = new TextField(translate("costs.dimension.provider"));
    private final TextField model = new TextField(translate("costs.dimension.model"));
    private final AmountField input = new AmountField(translate("prices.input"));
    private final AmountField cacheRead = new AmountField(translate("prices.cached"));
    private final AmountField cacheWrite5m = new AmountField(translate("prices.write-5m"));
    private final AmountField cacheWrite1h = new AmountField(translate("prices.write-1h"));
    private final AmountField output = new AmountField(translate("prices.output"));
    private final DatePicker from = new DatePicker(translate("prices.from"));
    private final TextField aliases = new TextField(translate("prices.aliases"));
    private final Checkbox free = new Checkbox(translate("prices.free"));
    private final Viewer viewer;
    private final Prices prices;

    PriceDialog(Viewer viewer, Prices prices) {
        this.viewer = viewer;
        this.prices = prices;
        provider.setRequiredIndicatorVisible(true);
        model.setRequiredIndicatorVisible(true);
        input.setRequiredIndicatorVisible(true);
        output.setRequiredIndicatorVisible(true);
        input.setHelperText(translate("prices.per-million"));
        from.setHelperText(translate("prices.from-help"));
        aliases.setHelperText(translate("prices.aliases-help"));
    }

    /** Opens it; {@code saved} runs when the price is written. */
    void open(Runnable saved) {
        new FormDialog(translate("prices.add"), translate("save"), () -> save(saved))
                .with(provider, model, input, cacheRead, cacheWrite5m, cacheWrite1h, output, from, aliases, free)
                .open();
    }

    private boolean save(Runnable saved) {
        List<AmountField> amounts = List.of(input, cacheRead, cacheWrite5m, cacheWrite1h, output);
        // each says its own fault
        if (amounts.stream().filter(field -> !field.check()).count() > 0) {
            return false;
        }
        Map<String, HasValidation> fields = Map.of(
                "provider", provider,
                "model", model,
                "input", input,
                "cache_read", cacheRead,
                "cache_write_5m", cacheWrite5m,
                "cache_write_1h", cacheWrite1h,
                "output", output,
                "aliases", aliases,
                "valid_from", from);
        return Problems.attempt(fields, () -> {
            prices.add(viewer.admin(), typed());
            Notices.done(translate("prices.added", model.getValue()));
            saved.run();
        });
    }

    private NewPrice typed() {
        Instant begins = from.getValue() == null
                ? null
                : from.getValue().atStartOfDay(ZoneOffset.UTC).toInstant();
        List<String> others = Arrays.stream(aliases.getValue().split(","))
                .map(String::strip)
                .filter(alias -> !alias.isEmpty())
                .toList();
        return new NewPrice(
                provider.getValue().strip(),
                model.getValue().strip(),
                Tariff.of(rates()),
                begins,
                null,
                free.getValue(),
                others);
    }

    private Rates rates() {
        BigDecimal in = perToken(input);
        BigDecimal out = perToken(output);
        if (in == null || out == null) {
            throw Problem.notAllowed(in == null ? "input" : "output", translate("prices.needed"));
        }
        try {
            return new Rates(in, perToken(cacheRead), perToken(cacheWrite5m), perToken(cacheWrite1h), out);
        } catch (IllegalArgumentException e) {
            String[] fieldAndRule = String.valueOf(e.getMessage()).split(": ", 2);
            throw Problem.notAllowed(fieldAndRule[0], fieldAndRule[fieldAndRule.length - 1]);
        }
    }

    private static @Nullable BigDecimal perToken(AmountField field) {
        return field.amount()
                .map(Usd::amount)
                .map(amount -> amount.movePointLeft(MILLION_PLACES))
                .orElse(null);
    }
}
