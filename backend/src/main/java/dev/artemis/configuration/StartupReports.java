package dev.artemis.configuration;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.stereotype.Service;

/** The last report, for pages and the health report; an administrator can have it made again. */
@Service
public class StartupReports {

    private final ConfigurableEnvironment environment;
    private volatile @Nullable StartupReport last;

    StartupReports(ConfigurableEnvironment environment, ObjectProvider<StartupReport> atStart) {
        this.environment = environment;
        this.last = atStart.getIfAvailable();
    }

    /** The last one; made now where the start made none. */
    public StartupReport last() {
        StartupReport known = last;
        return known == null ? again() : known;
    }

    /** Runs all checks again; takes seconds. Changes nothing but what {@link #last()} returns. */
    public StartupReport again() {
        StartupReport report = StartupChecks.over(environment).run();
        last = report;
        return report;
    }
}
