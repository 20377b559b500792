package dev.artemis.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.env.StandardEnvironment;

/** What the platform's own checks find after the start is in the report without anybody's asking again. */
class StartupReportsTest {

    private static final StartupReport AT_START =
            new StartupReport(Instant.parse("2026-11-26T12:00:00Z"), List.of(Finding.pass("java", "25")));

    private final AtomicReference<Finding> known =
            new AtomicReference<>(Finding.warn("cluster", "is being tried", "Wait."));

    @Test
    void theLastReportSaysWhatIsKnownByNow() {
        StartupReports reports = reports();
        assertThat(reports.last()).as("before the platform is up").isEqualTo(AT_START);

        reports.onReady();
        assertThat(reports.last().verdict()).isEqualTo(Finding.Verdict.WARN);

        known.set(Finding.pass("cluster", "enforced"));
        assertThat(reports.last().verdict()).isEqualTo(Finding.Verdict.PASS);
        assertThat(reports.last().findings()).extracting(Finding::detail).containsExactly("25", "enforced");
        assertThat(reports.last().at()).isEqualTo(AT_START.at());
    }

    @Test
    void someSubjectsAreToldAlone() {
        StartupReports reports = reports();
        reports.onReady();

        StartupReport cluster = reports.known(Set.of("cluster"));

        assertThat(cluster.findings()).containsExactly(known.get());
        assertThat(cluster.at()).isEqualTo(AT_START.at());
    }

    private StartupReports reports() {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("atStart", AT_START);
        beans.registerSingleton("trial", (StartupCheck) () -> List.of(known.get()));
        return new StartupReports(
                new StandardEnvironment(),
                beans.getBeanProvider(StartupReport.class),
                beans.getBeanProvider(StartupCheck.class));
    }
}
