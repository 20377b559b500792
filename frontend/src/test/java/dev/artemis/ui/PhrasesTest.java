package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhrasesTest {

    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    /** What is the same in German, and what is put together from parts of which {@link #saysInGermanWhatTheBackendSays} has a whole. */
    private static final Set<String> SEEN_ELSEWHERE = Set.of(
            "‹x›, PostgreSQL ‹x›",
            "‹x› is not a setting‹x›",
            "‹x›cached read (‹x›) is dearer than input (‹x›): left out",
            "‹x›1-hour cache write (‹x›) ‹x›: left out",
            "‹x›: names no price for : left out",
            "‹x›: names no price for : the surcharge is carried over",
            "‹x›: names no price for input: left out",
            "‹x›: names no price for input: the surcharge is carried over",
            "‹x›: names no price for output: left out",
            "‹x›: names no price for output: the surcharge is carried over",
            "‹x›is more than 10 times off the standard price: left out");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            the certificate ends on 2027-01-02 | das Zertifikat läuft am 2027-01-02 ab
            Runs text as code (Bandit B307, CWE-95). | Führt Text als Code aus (Bandit B307, CWE-95).
            In Python: Runs text as code (Bandit B307, CWE-95). | In Python: Führt Text als Code aus (Bandit B307, CWE-95).
            openai at api.example.org: it answers with HTTP 500 | openai unter api.example.org: die Antwort ist HTTP 500
            artemis.run is not a setting; did you mean artemis.runs? | artemis.run ist keine Einstellung; meinten Sie artemis.runs?
            batch: names no price for output: left out | Batch: nennt keinen Preis für Ausgabe: weggelassen
            flex above 200000 tokens: is more than 10 times off the standard price: left out | flex über 200000 Token: liegt um mehr als das Zehnfache neben dem üblichen Preis: weggelassen
            priority: cached read (0.00003) is dearer than input (0.00002): left out | Priorität: Lesen aus dem Cache (0.00003) ist teurer als Eingabe (0.00002): weggelassen
            1-hour cache write (0.00003) is below the 5-minute one (0.00004): left out | Schreiben in den Cache für 1 Stunde (0.00003) ist billiger als für 5 Minuten (0.00004): weggelassen
            Nobody knows this sentence. | Nobody knows this sentence.
            """)
    void saysInGermanWhatTheBackendSays(String english, String german) {
        assertThat(Phrases.say(english, Locale.GERMANY)).isEqualTo(german);
        assertThat(Phrases.say(english, Locale.US)).isEqualTo(english);
    }

    @Test
    void aListIsSaidPartByPartAlsoWhereAPartHasTheListsMarkInIt() {
        String said = Phrases.say(
                "CPU is not shared out: no writable cpu cgroup; memory: the engine cannot limit it; limits per process and"
                        + " sampling, with files in memory, instead; something else",
                Locale.GERMAN);

        assertThat(said)
                .isEqualTo(
                        "CPU wird nicht zugeteilt: keine beschreibbare cpu-cgroup; Speicher: die Engine kann ihn nicht"
                                + " begrenzen; stattdessen Grenzen je Prozess und Messungen samt Dateien im Speicher; something else");
    }

    @Test
    void aSentenceMayBeginWithWhatElsewhereStandsWithinOne() {
        assertThat(Phrases.say("The cluster was not asked yet", Locale.GERMAN))
                .isEqualTo("Der Cluster wurde noch nicht gefragt");
    }

    @Test
    void everyPlaceOfTheEnglishIsOneOfTheGermanAndNoEnglishStandsTwice() {
        assertThat(Phrases.all()).hasSizeGreaterThan(300);
        for (Phrases.Phrase phrase : Phrases.all()) {
            assertThat(places(phrase.german())).as(phrase.english()).isEqualTo(places(phrase.english()));
            assertThat(PLACE.matcher(phrase.english()).results().map(MatchResult::group))
                    .as("%s: in order", phrase.english())
                    .isSorted();
        }
        assertThat(Phrases.all()).extracting(Phrases.Phrase::english).doesNotHaveDuplicates();
    }

    /** A sentence that is new in the backend fails here until its German is written down. */
    @Test
    void everySentenceOfTheBackendsSourcesHasGerman() throws IOException {
        Set<String> sentences = BackendSentences.in(Path.of("../backend/src/main/java"));

        assertThat(sentences).hasSizeGreaterThan(250);
        Set<String> without = new TreeSet<>(sentences);
        without.removeIf(sentence -> SEEN_ELSEWHERE.contains(sentence)
                || !Phrases.say(sentence, Locale.GERMAN).equals(sentence));
        assertThat(without).isEmpty();
    }

    private static Set<String> places(String text) {
        return new TreeSet<>(
                PLACE.matcher(text).results().map(MatchResult::group).toList());
    }
}
