package dev.artemis.ui.parts;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A field for an exact amount of US dollars; empty is none. */
public final class AmountField extends TextField {

    private static final long serialVersionUID = 1;

    /** A comma that parts no thousands is no amount: it may be another language's point, and another amount. */
    private static final Pattern ENGLISH = Pattern.compile("-?(\\d{1,3}(,\\d{3})+|\\d+)(\\.\\d*)?");

    private static final Pattern GERMAN = Pattern.compile("-?(\\d{1,3}(\\.\\d{3})+|\\d+)(,\\d*)?");

    private static final int CENTS = 2;

    private boolean negativeToo;

    public AmountField(String label) {
        super(label);
        if (isGerman()) {
            setSuffixComponent(new Span("$"));
        } else {
            setPrefixComponent(new Span("$"));
        }
        setClearButtonVisible(true);
        getElement().setAttribute("inputmode", "decimal");
    }

    /** Takes amounts below zero as well. */
    public AmountField orNegative() {
        negativeToo = true;
        return this;
    }

    /** Shows an amount; null empties the field. */
    public void setAmount(@Nullable Usd amount) {
        String written = amount == null ? "" : written(amount.amount());
        setValue(isGerman() ? written.replace('.', ',') : written);
    }

    /** With all its digits; where it has a part of a dollar, in cents at least. */
    private static String written(BigDecimal amount) {
        BigDecimal least = amount.stripTrailingZeros();
        int places = least.scale() <= 0 ? 0 : Math.max(CENTS, least.scale());
        return least.setScale(places).toPlainString();
    }

    /** The amount; empty where there is none. Ask {@link #check()} first. */
    public Optional<Usd> amount() {
        return getValue().isBlank() ? Optional.empty() : Optional.of(Usd.of(plain()));
    }

    /** Whether what was typed is an amount, zero or more unless {@link #orNegative}, or nothing; if not, says so at the field. */
    public boolean check() {
        boolean good = getValue().isBlank() || readable();
        setErrorMessage(translate("invalid.amount"));
        setInvalid(!good);
        return good;
    }

    private boolean readable() {
        if (!(isGerman() ? GERMAN : ENGLISH).matcher(getValue().strip()).matches()) {
            return false;
        }
        try {
            return !Usd.of(plain()).isNegative() || negativeToo;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean isGerman() {
        return getLocale().getLanguage().equals(Locale.GERMAN.getLanguage());
    }

    /** "1,234.50" and, for German readers, "1.234,50". */
    private String plain() {
        String typed = getValue().strip();
        return isGerman() ? typed.replace(".", "").replace(',', '.') : typed.replace(",", "");
    }
}
