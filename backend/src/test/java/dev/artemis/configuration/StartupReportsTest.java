package dev.artemis.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.env.StandardEnvironment;

/** What the platform's own checks find after the start is in the report without anybody's asking again. */
class StartupReportsTest {

    private static final StartupReport AT_START = new StartupReport(
            Instant.parse("2026-11-26T12:00:00Z"),
            List.of(Finding.pass("java", "25"), Finding.pass("cluster", "there at the start")));
    private static final Instant LATER = AT_START.at().plusSeconds(300);

    private final AtomicReference<Finding> known =
            new AtomicReference<>(Finding.warn("cluster", "is being tried", "Wait."));

    private final AtomicReference<Finding> ofSettings =
            new AtomicReference<>(Finding.pass("cluster", "there at the start"));
    private final AtomicInteger askedOfOthers = new AtomicInteger();

    @Test
    void theLastReportSaysWhatIsKnownByNow() {
        StartupReports reports = reports();
        assertThat(reports.last()).as("before the platform is up").isEqualTo(AT_START);

        reports.onReady();
        assertThat(reports.last().verdict()).isEqualTo(Finding.Verdict.WARN);

        known.set(Finding.pass("cluster", "enforced"));
        assertThat(reports.last().verdict()).isEqualTo(Finding.Verdict.PASS);
        assertThat(reports.last().findings())
                .extracting(Finding::detail)
                .containsExactly("25", "there at the start", "enforced");
        assertThat(reports.last().at()).isEqualTo(AT_START.at());
    }

    @Test
    void someSubjectsAreToldAloneAndNoOtherCheckIsAskedForThem() {
        StartupReports reports = reports();
        reports.onReady();

        assertThat(reports.known(Set.of("cluster")))
                .extracting(KnownFinding::finding)
                .containsExactly(Finding.pass("cluster", "there at the start"), known.get());
        assertThat(askedOfOthers).hasValue(0);
        reports.last();
        assertThat(askedOfOthers).hasValue(1);
    }

    /** A worker's own, every few minutes: what was at its start alone would be told for weeks. */
    @Test
    void whatMayHaveChangedIsLookedAtAgainAlone() {
        StartupReports reports = reports();
        ofSettings.set(Finding.warn("cluster", "does not answer", "Start it."));

        reports.lookAgain(Set.of("cluster", "java"));

        KnownFinding now = reports.known(Set.of("cluster")).getFirst();
        assertThat(now.finding()).isEqualTo(ofSettings.get());
        assertThat(now.at()).isEqualTo(LATER);
        assertThat(reports.known(Set.of("java")))
                .containsExactly(new KnownFinding(Finding.pass("java", "25"), AT_START.at()));
        assertThat(reports.last().findings()).containsExactlyInAnyOrder(Finding.pass("java", "25"), ofSettings.get());
    }

    private StartupReports reports() {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("atStart", AT_START);
        beans.registerSingleton("trial", about("cluster", known::get));
        beans.registerSingleton("other", (StartupCheck) () -> {
            askedOfOthers.incrementAndGet();
            return List.of();
        });
        StandardEnvironment environment = new StandardEnvironment();
        return new StartupReports(
                environment,
                beans.getBeanProvider(StartupReport.class),
                beans.getBeanProvider(StartupCheck.class),
                () -> StartupChecks.of(
                        environment,
                        List.of(
                                about("cluster", ofSettings::get),
                                () -> List.of(Finding.fail("java", "is not looked at", "Mend it."))),
                        Clock.fixed(LATER, ZoneOffset.UTC)));
    }

    private static StartupCheck about(String subject, Supplier<Finding> finding) {
        return new StartupCheck() {
            @Override
            public Optional<String> subject() {
                return Optional.of(subject);
            }

            @Override
            public List<Finding> findings() {
                return List.of(finding.get());
            }
        };
    }
}
