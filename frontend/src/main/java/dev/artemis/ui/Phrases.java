package dev.artemis.ui;

import com.vaadin.flow.component.UI;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the backend says in English, in the reader's language: why a check warns, why a program was blocked, why a letter did not
 * go out. Programs get the English, rows keep it, so it is known here by its own words (ADR-0043). What {@code phrases.de}
 * does not know is shown as it is.
 */
public final class Phrases {

    private static final String BOOK = "phrases.de";
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");
    private static final String BETWEEN = "; ";

    /** No sentence has a list in a list in a list. */
    private static final int DEEPEST = 4;

    private static final List<Phrase> GERMAN = read();

    private Phrases() {}

    /**
     * One sentence.
     *
     * @param english with places {@code {0}}, {@code {1}} … for what differs
     * @param german with the same places
     */
    record Phrase(String english, String german, Pattern pattern) {

        static Phrase of(String english, String german) {
            String pattern = PLACE.splitAsStream(english).map(Pattern::quote).collect(Collectors.joining("(.+?)"));
            boolean endsOpen = PLACE.matcher(english).results().anyMatch(place -> place.end() == english.length());
            return new Phrase(english, german, Pattern.compile(pattern + (endsOpen ? "(.+)" : ""), Pattern.DOTALL));
        }

        /** Without its places: of two phrases that leave the same, the one that says more comes first. */
        int said() {
            return PLACE.matcher(english).replaceAll("").length();
        }

        List<String> places() {
            return PLACE.matcher(german)
                    .results()
                    .map(MatchResult::group)
                    .sorted()
                    .toList();
        }
    }

    /** In the language of the page that is being shown. */
    public static String say(String english) {
        UI ui = UI.getCurrent();
        return say(english, ui == null ? Locale.ENGLISH : ui.getLocale());
    }

    /** In that language. */
    static String say(String english, Locale language) {
        return language.getLanguage().equals(Locale.GERMAN.getLanguage())
                ? german(english, 0).german()
                : english;
    }

    /**
     * A text in German.
     *
     * @param left how many of its characters are as they were: names, numbers, and what is not known
     */
    private record Said(String german, int left) {

        static Said unknown(String english) {
            return new Said(english, english.length());
        }
    }

    private static Said german(String english, int deep) {
        return deep > DEEPEST ? Said.unknown(english) : one(english, deep).orElseGet(() -> list(english, deep));
    }

    /** A sentence may begin with what elsewhere stands within one. */
    private static Optional<Said> one(String english, int deep) {
        Optional<Said> said = best(english, deep);
        if (said.isPresent() || english.isEmpty() || !Character.isUpperCase(english.charAt(0))) {
            return said;
        }
        return best(Character.toLowerCase(english.charAt(0)) + english.substring(1), deep)
                .map(within -> new Said(
                        Character.toUpperCase(within.german().charAt(0))
                                + within.german().substring(1),
                        within.left()));
    }

    /** Each part in German; a part may have the list's mark in it. */
    private static Said list(String english, int deep) {
        List<String> parts = List.of(english.split(BETWEEN));
        if (parts.size() < 2) {
            return Said.unknown(english);
        }
        List<String> said = new ArrayList<>();
        int left = 0;
        int at = 0;
        while (at < parts.size()) {
            int end = parts.size();
            Optional<Said> part = Optional.empty();
            while (part.isEmpty() && end > at) {
                part = one(String.join(BETWEEN, parts.subList(at, end)), deep + 1);
                end--;
            }
            Said next = part.orElse(Said.unknown(parts.get(at)));
            said.add(next.german());
            left += next.left();
            at = end + 1;
        }
        return new Said(String.join(BETWEEN, said), left);
    }

    /** Of all phrases that fit, the one that leaves the least in English. */
    private static Optional<Said> best(String english, int deep) {
        return GERMAN.stream()
                .flatMap(phrase -> filled(phrase, english, deep).stream())
                .min(Comparator.comparingInt(Said::left));
    }

    private static Optional<Said> filled(Phrase phrase, String english, int deep) {
        Matcher found = phrase.pattern().matcher(english);
        if (!found.matches()) {
            return Optional.empty();
        }
        List<Said> parts = new ArrayList<>();
        for (int group = 1; group <= found.groupCount(); group++) {
            parts.add(german(found.group(group), deep + 1));
        }
        return Optional.of(new Said(
                PLACE.matcher(phrase.german())
                        .replaceAll(place -> Matcher.quoteReplacement(
                                parts.get(Integer.parseInt(place.group(1))).german())),
                parts.stream().mapToInt(Said::left).sum()));
    }

    /** All there are, those that say most first. */
    static List<Phrase> all() {
        return GERMAN;
    }

    private static List<Phrase> read() {
        try (InputStream book = Phrases.class.getResourceAsStream(BOOK)) {
            if (book == null) {
                throw new IllegalStateException(BOOK + " is not there");
            }
            return read(new String(book.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Phrase> read(String book) {
        List<Phrase> phrases = new ArrayList<>();
        String english = "";
        for (String line : book.lines()
                .filter(each -> !each.isBlank() && !each.startsWith("#"))
                .toList()) {
            if (line.startsWith(" ")) {
                if (english.isEmpty()) {
                    throw new IllegalStateException("German without English: " + line);
                }
                phrases.add(Phrase.of(english, line.strip()));
                english = "";
            } else if (english.isEmpty()) {
                english = line;
            } else {
                throw new IllegalStateException("English without German: " + english);
            }
        }
        phrases.sort(Comparator.comparingInt(Phrase::said).reversed());
        return List.copyOf(phrases);
    }
}
