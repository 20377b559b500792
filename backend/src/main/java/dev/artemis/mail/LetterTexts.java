package dev.artemis.mail;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/**
 * All words of letters: {@code letters.properties} in English, {@code letters_de.properties} in German, the same keys. Numbers
 * and amounts are handed in as text.
 */
public final class LetterTexts {

    static final String BUNDLE = "dev.artemis.mail.letters";

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private LetterTexts() {}

    /**
     * The text of that key with its parameters filled in.
     *
     * @throws MissingResourceException the key is in no bundle: a fault of ours
     */
    public static String say(Tongue tongue, String key, Object... parameters) {
        Locale language = tongue.locale();
        String pattern = ResourceBundle.getBundle(BUNDLE, language, LetterTexts.class.getClassLoader(), NO_FALLBACK)
                .getString(key);
        return new MessageFormat(pattern, language).format(parameters);
    }
}
