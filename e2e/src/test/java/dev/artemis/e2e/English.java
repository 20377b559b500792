package dev.artemis.e2e;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What no reader of German may see: the English of both bundles, sentences of English, and dates, times and amounts in its form. */
final class English {

    private static final Path WORDS = Path.of("../frontend/src/main/resources/dev/artemis/ui");
    private static final Pattern PLACE = Pattern.compile("\\{[^}]*}");
    private static final int FEWEST_LETTERS = 4;

    /** Three of these in one text are a sentence. */
    private static final Pattern WORD = Pattern.compile(
            "\\b(the|is|are|of|and|not|to|with|this|that|for|it|be|has|have|from|you|your|which|what|when|were|by|or)\\b");

    private static final int SENTENCE = 3;

    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("(^|[^-\\w])20\\d\\d-\\d\\d-\\d\\d($|[^-\\w])"),
            Pattern.compile("\\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \\d{1,2}\\b"),
            Pattern.compile("\\b(January|February|March|May|June|July|October|December)\\b"),
            Pattern.compile("\\d\\s?[AP]M\\b"),
            Pattern.compile("\\$\\s?\\d"),
            Pattern.compile("\\d,\\d{3}(,\\d{3}|\\.\\d)"));

    private final List<Pattern> sayings;

    private English(List<Pattern> sayings) {
        this.sayings = sayings;
    }

    /** Read from where they are written down. */
    static English known() {
        Properties english = bundle("texts.properties");
        Properties german = bundle("texts_de.properties");
        Map<String, String> phrases = phrases();
        Set<Object> alsoGerman = new HashSet<>(german.values());
        alsoGerman.addAll(phrases.values());
        List<Pattern> sayings = new ArrayList<>();
        english.values().stream()
                .filter(value -> !alsoGerman.contains(value))
                .forEach(value -> add(sayings, value.toString().replace("''", "'")));
        phrases.keySet().stream()
                .filter(phrase -> phrase.contains(" ") && !alsoGerman.contains(phrase))
                .forEach(phrase -> add(sayings, phrase));
        return new English(sayings);
    }

    /** Of the other book, in which each English line has its German below it; what is the same in both is no fault. */
    private static Map<String, String> phrases() {
        Map<String, String> phrases = new HashMap<>();
        try (Stream<String> book = Files.lines(WORDS.resolve("phrases.de"))) {
            List<String> lines = book.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
            for (int line = 0; line + 1 < lines.size(); line += 2) {
                phrases.put(lines.get(line), lines.get(line + 1).strip());
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return phrases;
    }

    private static void add(List<Pattern> sayings, String said) {
        if (PLACE.matcher(said).replaceAll("").replaceAll("[^a-zA-Z]", "").length() >= FEWEST_LETTERS) {
            String open = said.endsWith("}") ? ".+" : "";
            sayings.add(Pattern.compile(PLACE.splitAsStream(said)
                            .map(Pattern::quote)
                            .reduce((before, after) -> before + ".+" + after)
                            .orElse("")
                    + open));
        }
    }

    /** Why a text is none for a reader of German; empty where it is one. */
    Optional<String> why(String text) {
        if (sayings.stream().anyMatch(said -> said.matcher(text).matches())) {
            return Optional.of("English words");
        }
        if (WORD.matcher(text).results().map(word -> word.group()).distinct().count() >= SENTENCE) {
            return Optional.of("an English sentence");
        }
        return FORMS.stream().anyMatch(form -> form.matcher(text).find())
                ? Optional.of("an English form")
                : Optional.empty();
    }

    private static Properties bundle(String name) {
        var bundle = new Properties();
        try (Reader reader = Files.newBufferedReader(WORDS.resolve(name))) {
            bundle.load(reader);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bundle;
    }
}
