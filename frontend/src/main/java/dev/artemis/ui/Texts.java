package dev.artemis.ui;

import com.vaadin.flow.i18n.I18NProvider;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.springframework.stereotype.Component;

/** All words of the pages: {@code texts.properties} in English, {@code texts_de.properties} in German, the same keys. */
@Component
class Texts implements I18NProvider {

    private static final long serialVersionUID = 1;

    static final String BUNDLE = "dev.artemis.ui.texts";

    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

    @Override
    public List<Locale> getProvidedLocales() {
        return LANGUAGES;
    }

    /** In which language somebody reads whose locale that is: "de", else "en". */
    static String languageOf(Locale locale) {
        return locale.getLanguage().equals(Locale.GERMAN.getLanguage()) ? "de" : "en";
    }

    /**
     * The text of that key with its parameters filled in.
     *
     * @throws MissingResourceException the key is in no bundle: a fault of ours
     */
    @Override
    public String getTranslation(String key, Locale locale, Object... parameters) {
        Locale language = locale.getLanguage().equals(Locale.GERMAN.getLanguage()) ? Locale.GERMAN : Locale.ROOT;
        String pattern = ResourceBundle.getBundle(
                        BUNDLE,
                        language,
                        Texts.class.getClassLoader(),
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(key);
        return new MessageFormat(pattern, locale).format(parameters);
    }
}
