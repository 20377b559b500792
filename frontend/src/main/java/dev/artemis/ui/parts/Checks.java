package dev.artemis.ui.parts;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.binder.ValueContext;
import dev.artemis.shared.Slug;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;

/** What fields of many forms must hold, said at the field. */
public final class Checks {

    private static final int MAX_NAME = 200;

    private Checks() {}

    /** 1 to 200 characters. */
    public static boolean filled(TextField field) {
        boolean good = !field.getValue().isBlank() && field.getValue().length() <= MAX_NAME;
        field.setErrorMessage(translate("required"));
        field.setInvalid(!good);
        return good;
    }

    /**
     * Whether a whole number within the field's bounds was typed, or nothing; if not, says so at the field. What is no such number has no
     * value, as if nothing had been typed: ask before that is believed.
     */
    public static boolean whole(IntegerField field) {
        boolean good = !field.getDefaultValidator()
                .apply(field.getValue(), new ValueContext(field))
                .isError();
        field.setErrorMessage(translate(
                "invalid.whole",
                Math.max(field.getMin(), Integer.MIN_VALUE),
                Math.min(field.getMax(), Integer.MAX_VALUE)));
        field.setInvalid(!good);
        return good;
    }

    /** The same of many, each at its own field. */
    public static boolean whole(Collection<IntegerField> fields) {
        return fields.stream().map(Checks::whole).reduce(true, Boolean::logicalAnd);
    }

    /** Whether each holds a number that can be read, or nothing; if not, says so at the field. */
    public static boolean readable(Collection<BigDecimalField> fields) {
        return fields.stream().map(Checks::readable).reduce(true, Boolean::logicalAnd);
    }

    private static boolean readable(BigDecimalField field) {
        boolean good = !field.getDefaultValidator()
                .apply(field.getValue(), new ValueContext(field))
                .isError();
        field.setErrorMessage(translate("invalid.number"));
        field.setInvalid(!good);
        return good;
    }

    /** A short name for addresses. */
    public static boolean slug(TextField field) {
        boolean good = isSlug(field.getValue().strip());
        field.setErrorMessage(translate("invalid.slug"));
        field.setInvalid(!good);
        return good;
    }

    /** Fills a short name from a name as long as nobody typed another. */
    public static void suggestSlug(TextField name, TextField slug) {
        name.setValueChangeMode(com.vaadin.flow.data.value.ValueChangeMode.EAGER);
        name.addValueChangeListener(change -> {
            if (slug.isEmpty() || slug.getValue().equals(slugOf(String.valueOf(change.getOldValue())))) {
                slug.setValue(slugOf(change.getValue()));
            }
        });
    }

    static String slugOf(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        return plain.length() > 63 ? plain.substring(0, 63) : plain;
    }

    private static boolean isSlug(String text) {
        try {
            return new Slug(text).value().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
