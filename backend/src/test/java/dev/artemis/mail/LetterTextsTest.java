package dev.artemis.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.budgets.LimitPeriod;
import dev.artemis.budgets.LimitScope;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LetterTextsTest {

    private static final Pattern NAMED = Pattern.compile("say\\(\\s*[a-zA-Z]+,\\s*\"([a-z][a-z.-]*[a-z.])\"");
    private static final Pattern PLACE = Pattern.compile("\\{[0-9]}");

    @Test
    void bothLanguagesHaveTheSameKeysAndFillInTheSame() {
        Properties english = words(Tongue.ENGLISH);
        Properties german = words(Tongue.GERMAN);

        assertThat(german.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        // a German limit has its period in its name, and the letter says it once
        english.stringPropertyNames().stream()
                .filter(key -> !key.equals("alert.text"))
                .forEach(key -> assertThat(places(german.getProperty(key)))
                        .as(key)
                        .isEqualTo(places(english.getProperty(key))));
    }

    @ParameterizedTest
    @EnumSource(Tongue.class)
    void everyKeyThatALetterNamesHasWordsAndNoWordsAreForNothing(Tongue tongue) throws IOException {
        Set<String> named = new TreeSet<>();
        Arrays.stream(LimitPeriod.values()).forEach(period -> named.add("alert.period." + period));
        Arrays.stream(LimitScope.values()).forEach(scope -> named.add("alert.of." + scope));
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                Matcher found = NAMED.matcher(Files.readString(file));
                while (found.find()) {
                    if (!found.group(1).endsWith(".")) {
                        named.add(found.group(1));
                    }
                }
            }
        }

        assertThat(named).hasSizeGreaterThan(10);
        assertThat(words(tongue).stringPropertyNames()).containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void speaksTheReadersLanguageAndElseEnglish() {
        assertThat(LetterTexts.say(Tongue.GERMAN, "alert.of.project", "web")).isEqualTo("des Projekts web");
        assertThat(LetterTexts.say(Tongue.ENGLISH, "alert.of.project", "web")).isEqualTo("of project web");
        assertThat(List.of(Tongue.of(Locale.GERMANY), Tongue.of(Locale.FRENCH), Tongue.of(Locale.of("de", "CH"))))
                .containsExactly(Tongue.GERMAN, Tongue.ENGLISH, Tongue.GERMAN);
    }

    @Test
    void aKeyWithoutWordsIsAFault() {
        assertThatThrownBy(() -> LetterTexts.say(Tongue.GERMAN, "no.such-key"))
                .isInstanceOf(MissingResourceException.class);
    }

    private static Set<String> places(String text) {
        Set<String> places = new TreeSet<>();
        Matcher found = PLACE.matcher(text);
        while (found.find()) {
            places.add(found.group());
        }
        return places;
    }

    private static Properties words(Tongue tongue) {
        String file = "letters" + (tongue == Tongue.ENGLISH ? "" : "_" + tongue.code()) + ".properties";
        Properties words = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(LetterTexts.class.getResourceAsStream(file)), StandardCharsets.UTF_8)) {
            words.load(reader);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return words;
    }
}
