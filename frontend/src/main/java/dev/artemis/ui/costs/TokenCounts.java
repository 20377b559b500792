package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.artemis.prices.Usage;
import dev.artemis.ui.parts.Checks;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tokens of a call, counted as the API counts them: those of a cache beside the input, not within it. */
class TokenCounts extends Div {

    private static final long serialVersionUID = 1;

    private final IntegerField input = count("tokens.input");
    private final IntegerField output = count("tokens.output");
    private final IntegerField cacheRead = count("tokens.cache-read");
    private final IntegerField cacheWrite5m = count("tokens.cache-write-5m");
    private final IntegerField cacheWrite1h = count("tokens.cache-write-1h");

    TokenCounts() {
        addClassName("artemis-fields");
        input.setHelperText(translate("tokens.input-help"));
        input.setRequiredIndicatorVisible(true);
        output.setRequiredIndicatorVisible(true);
        add(input, output, cacheRead, cacheWrite5m, cacheWrite1h);
    }

    /** What was typed; empty where a field is wrong, which says so. */
    Optional<Usage> usage() {
        boolean good = Checks.whole(List.of(input, output, cacheRead, cacheWrite5m, cacheWrite1h));
        for (IntegerField field : List.of(input, output)) {
            if (!field.isInvalid() && field.isEmpty()) {
                field.setErrorMessage(translate("required"));
                field.setInvalid(true);
                good = false;
            }
        }
        return good
                ? Optional.of(new Usage(
                        number(input), number(cacheRead), number(cacheWrite5m), number(cacheWrite1h), number(output)))
                : Optional.empty();
    }

    /** By the API's names. */
    Map<String, HasValidation> fields() {
        return Map.of(
                "tokens_input", input,
                "tokens_output", output,
                "tokens_cache_read", cacheRead,
                "tokens_cache_write_5m", cacheWrite5m,
                "tokens_cache_write_1h", cacheWrite1h);
    }

    private static IntegerField count(String label) {
        var field = new IntegerField(translate(label));
        field.setMin(0);
        return field;
    }

    private static long number(IntegerField field) {
        return field.isEmpty() ? 0 : field.getValue();
    }
}
