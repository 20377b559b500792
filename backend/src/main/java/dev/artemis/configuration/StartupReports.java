package dev.artemis.configuration;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
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
    private final Supplier<StartupChecks> ofSettingsChecks;
    private volatile @Nullable StartupReport ofSettings;
    /** Of subjects that were looked at since that report. */
    private volatile Map<String, Instant> lookedAt = Map.of();

    private volatile boolean up;

    @Autowired
    StartupReports(
            ConfigurableEnvironment environment,
            ObjectProvider<StartupReport> atStart,
            ObjectProvider<StartupCheck> whenUp) {
        this(environment, atStart, whenUp, () -> StartupChecks.over(environment));
    }

    StartupReports(
            ConfigurableEnvironment environment,
            ObjectProvider<StartupReport> atStart,
            ObjectProvider<StartupCheck> whenUp,
            Supplier<StartupChecks> ofSettingsChecks) {
        this.environment = environment;
        this.ofSettingsChecks = ofSettingsChecks;
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

    /**
     * What is known now about some subjects. Asks no service, and of the platform's own checks only those about one of them: cheap enough for each
     * beat of a worker.
     */
    public List<KnownFinding> known(Set<String> subjects) {
        StartupReport report = ofSettings;
        List<KnownFinding> all = new ArrayList<>();
        if (report != null) {
            report.findings().stream()
                    .filter(finding -> subjects.contains(finding.subject()))
                    .map(finding -> new KnownFinding(finding, lookedAt.getOrDefault(finding.subject(), report.at())))
                    .forEach(all::add);
        }
        if (up) {
            StartupReport ofBeans = beans().about(subjects).run();
            ofBeans.findings().stream()
                    .map(finding -> new KnownFinding(finding, ofBeans.at()))
                    .forEach(all::add);
        }
        return List.copyOf(all);
    }

    /** Looks again at those of the subjects that may have changed since; takes seconds. Nothing where the start made no report. */
    public void lookAgain(Set<String> subjects) {
        StartupChecks checks = ofSettingsChecks.get().about(subjects);
        merge(checks.subjects(), checks.again());
    }

    private synchronized void merge(Set<String> subjects, StartupReport fresh) {
        StartupReport before = ofSettings;
        if (before == null) {
            return;
        }
        List<Finding> all = new ArrayList<>(before.findings());
        all.removeIf(finding -> subjects.contains(finding.subject()));
        all.addAll(fresh.findings());
        Map<String, Instant> times = new HashMap<>(lookedAt);
        subjects.forEach(subject -> times.put(subject, fresh.at()));
        lookedAt = Map.copyOf(times);
        ofSettings = new StartupReport(before.at(), all);
    }

    /** Runs all checks again; takes seconds. Changes nothing but what {@link #last()} returns. */
    public StartupReport again() {
        StartupReport report = ofSettingsChecks.get().run();
        replace(report);
        return withBeans(report);
    }

    private synchronized void replace(StartupReport report) {
        lookedAt = Map.of();
        ofSettings = report;
    }

    private StartupReport withBeans(StartupReport report) {
        if (!up) {
            return report;
        }
        List<Finding> all = new ArrayList<>(report.findings());
        all.addAll(beans().run().findings());
        return new StartupReport(report.at(), all.stream().distinct().toList());
    }

    private StartupChecks beans() {
        return StartupChecks.of(environment, whenUp.orderedStream().toList(), Clock.systemUTC());
    }
}
