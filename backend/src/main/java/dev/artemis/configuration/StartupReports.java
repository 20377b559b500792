package dev.artemis.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.stereotype.Service;

/**
 * The last report, for pages and the health report; an administrator can have it made again. Checks that need the running
 * platform are beans: they come in once it is up, and say at each look what they know by then.
 */
@Service
public class StartupReports {

    private final ConfigurableEnvironment environment;
    private final ObjectProvider<StartupCheck> whenUp;
    private volatile @Nullable StartupReport ofSettings;
    private volatile boolean up;

    StartupReports(
            ConfigurableEnvironment environment,
            ObjectProvider<StartupReport> atStart,
            ObjectProvider<StartupCheck> whenUp) {
        this.environment = environment;
        this.whenUp = whenUp;
        this.ofSettings = atStart.getIfAvailable();
    }

    @EventListener(ApplicationReadyEvent.class)
    void onReady() {
        up = true;
    }

    /** The last one, with what the platform's own checks know now; made now where the start made none. */
    public StartupReport last() {
        StartupReport known = ofSettings;
        return known == null ? again() : withBeans(known);
    }

    /** What is known now about some subjects; asks no service again, unlike {@link #last()} where the start made no report. */
    public StartupReport known(Set<String> subjects) {
        StartupReport atStart = ofSettings;
        StartupReport all = withBeans(
                atStart == null ? new StartupReport(java.time.Clock.systemUTC().instant(), List.of()) : atStart);
        return new StartupReport(
                all.at(),
                all.findings().stream()
                        .filter(finding -> subjects.contains(finding.subject()))
                        .toList());
    }

    /** Runs all checks again; takes seconds. Changes nothing but what {@link #last()} returns. */
    public StartupReport again() {
        StartupReport report = StartupChecks.over(environment).run();
        ofSettings = report;
        return withBeans(report);
    }

    private StartupReport withBeans(StartupReport report) {
        if (!up) {
            return report;
        }
        List<StartupCheck> beans = whenUp.orderedStream().toList();
        List<Finding> all = new ArrayList<>(report.findings());
        all.addAll(StartupChecks.of(environment, beans, java.time.Clock.systemUTC())
                .run()
                .findings());
        return new StartupReport(report.at(), all);
    }
}
