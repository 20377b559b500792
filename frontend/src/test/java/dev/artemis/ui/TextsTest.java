package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.audit.Action;
import dev.artemis.budgets.LimitPeriod;
import dev.artemis.budgets.LimitScope;
import dev.artemis.configuration.Finding;
import dev.artemis.exports.ExportFormat;
import dev.artemis.ledger.EntryKind;
import dev.artemis.prices.Price;
import dev.artemis.prices.ServiceTier;
import dev.artemis.projects.Projects;
import dev.artemis.reconciliation.Reason;
import dev.artemis.reports.Dimension;
import dev.artemis.runs.KillReason;
import dev.artemis.runs.RunStatus;
import dev.artemis.runs.WaitingFor;
import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.Loss;
import dev.artemis.schedules.DeliveryWay;
import dev.artemis.schedules.ReportDelivery;
import dev.artemis.schedules.Rhythm;
import dev.artemis.shared.Language;
import dev.artemis.shared.Role;
import dev.artemis.shared.Scope;
import dev.artemis.supervisor.FaultKind;
import dev.artemis.supervisor.HealthReport;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Objects;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final Pattern KEY = Pattern.compile("translate\\(\\s*\"([a-z][a-zA-Z0-9.-]*[a-zA-Z0-9])\"");

    private static final Pattern REFUSAL = Pattern.compile("Problem\\s*(?:\\.of)?\\(\\s*[^,()]+,\\s*\"([a-z-]+)\"");

    /** What no page asks for: reservations, bodies of requests, their keys. */
    private static final Set<String> ONLY_PROGRAMS = Set.of(
            "problem.body-too-large",
            "problem.idempotency-conflict",
            "problem.reservation-released",
            "problem.reservation-settled");

    private final ResourceBundle english = bundle(Locale.ROOT);
    private final ResourceBundle german = bundle(Locale.GERMAN);

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(keys(german)).isEqualTo(keys(english));
    }

    @Test
    void everyKeyThatAPageNamesHasWords() throws IOException {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                Matcher found = KEY.matcher(Files.readString(file));
                while (found.find()) {
                    named.add(found.group(1));
                }
            }
        }

        assertThat(named).hasSizeGreaterThan(100);
        assertThat(keys(english)).containsAll(named);
    }

    /** Except where the words of the refusal itself say more: then its German is among the phrases. */
    @Test
    void everyRefusalThatAPageCanMeetHasWords() throws IOException {
        Set<String> codes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("../backend/src/main/java"))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                Matcher found = REFUSAL.matcher(Files.readString(file));
                while (found.find()) {
                    codes.add("problem." + found.group(1));
                }
            }
        }

        assertThat(codes).hasSizeGreaterThan(30);
        codes.removeAll(ONLY_PROGRAMS);
        codes.remove("problem.malformed-provider-key");
        assertThat(keys(english)).containsAll(codes);
    }

    @Test
    void everyStateHasWords() {
        Stream<String> keys = Stream.of(
                        names("run.status.", RunStatus.values()),
                        names("run.kill.", KillReason.values()),
                        names("run.detail.", Failure.values()),
                        names("run.detail.", Loss.values()),
                        names("run.waits.", WaitingFor.values()),
                        names("role.", Role.values()),
                        names("health.status.", HealthReport.Status.values()),
                        names("health.finding.", Finding.Verdict.values()),
                        Arrays.stream(FaultKind.values()).map(it -> "health.fault." + it.name()),
                        names("prices.source.", Price.Source.values()),
                        names("costs.by.", Dimension.values()),
                        names("costs.dimension.", Dimension.values()),
                        names("costs.none.", Dimension.values()),
                        names("exports.format.", ExportFormat.values()),
                        names("reports.rhythm.", Rhythm.values()),
                        names("audit.did.", Action.values()),
                        names("reports.way.", DeliveryWay.values()),
                        names("reports.state.", ReportDelivery.State.values()),
                        names("finance.reason.", Reason.values()),
                        names("budget.", LimitPeriod.values()),
                        Stream.of("card", "key", "member").map(it -> "dashboard.top." + it),
                        Stream.of("MONTH", "DAYS_7", "DAYS_30", "DAYS_90", "YEAR")
                                .map(it -> "dashboard.period." + it),
                        Projects.LIMITS.stream().map(it -> "limit." + it),
                        names("prices.tier.", ServiceTier.values()),
                        names("calls.kind.", EntryKind.values()),
                        StreamSupport.stream(Rules.keysOfWords().spliterator(), false),
                        Arrays.stream(Scope.values()).map(it -> "keys.scope." + it.name()),
                        Language.all().stream().map(it -> "run.language." + it.id()),
                        Arrays.stream(LimitScope.values())
                                .flatMap(scope -> Arrays.stream(LimitPeriod.values())
                                        .flatMap(period -> Stream.of(
                                                "dashboard.warning." + scope + "." + period,
                                                "submit.over-budget." + scope + "." + period))))
                .flatMap(it -> it);

        assertThat(keys(english)).containsAll(keys.toList());
    }

    @Test
    void parametersAreFilledInBothLanguages() {
        var texts = new Texts();

        assertThat(texts.getTranslation("run.finding-line", Locale.ENGLISH, "7"))
                .isEqualTo("Line 7");
        assertThat(texts.getTranslation("run.finding-line", Locale.GERMANY, "7"))
                .isEqualTo("Zeile 7");
    }

    @Test
    void aKeyWithoutWordsIsAFault() {
        assertThatThrownBy(() -> new Texts().getTranslation("no.such-key", Locale.ENGLISH))
                .isInstanceOf(MissingResourceException.class);
    }

    private static Stream<String> names(String prefix, Object[] values) {
        return Arrays.stream(values).map(it -> prefix + it);
    }

    private static Set<String> keys(ResourceBundle bundle) {
        return new TreeSet<>(bundle.keySet());
    }

    /** Without the parent's keys, which a resource bundle otherwise counts as its own. */
    private static ResourceBundle bundle(Locale locale) {
        String suffix = locale.equals(Locale.ROOT) ? "" : "_" + locale.getLanguage();
        try (var file = TextsTest.class.getResourceAsStream("texts" + suffix + ".properties")) {
            return new PropertyResourceBundle(
                    new InputStreamReader(Objects.requireNonNull(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
