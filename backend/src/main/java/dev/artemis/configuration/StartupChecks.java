package dev.artemis.configuration;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

/** All checks that the modules contribute, run one after the other. */
public final class StartupChecks {

    private final Environment environment;
    private final List<StartupCheck> checks;
    private final Clock clock;

    private StartupChecks(Environment environment, List<StartupCheck> checks, Clock clock) {
        this.environment = environment;
        this.checks = checks;
        this.clock = clock;
    }

    /** Those named in all {@code META-INF/spring.factories} on the class path, over these settings. */
    public static StartupChecks over(ConfigurableEnvironment environment) {
        List<StartupCheck> checks = SpringFactoriesLoader.forDefaultResourceLocation()
                .load(
                        StartupCheck.class,
                        ArgumentResolver.of(Environment.class, environment)
                                .and(ConfigurableEnvironment.class, environment));
        return new StartupChecks(environment, checks, Clock.systemUTC());
    }

    static StartupChecks of(Environment environment, List<StartupCheck> checks, Clock clock) {
        return new StartupChecks(environment, checks, clock);
    }

    /** Those alone whose findings are about that, and may change while the server runs. */
    StartupChecks about(Set<String> subjects) {
        return new StartupChecks(
                environment,
                checks.stream()
                        .filter(check ->
                                check.subject().filter(subjects::contains).isPresent())
                        .toList(),
                clock);
    }

    /** What these are about. */
    Set<String> subjects() {
        return checks.stream().flatMap(check -> check.subject().stream()).collect(Collectors.toSet());
    }

    /** Runs all of them, also after one fails, so that every fault is told at once. */
    public StartupReport run() {
        return run(StartupCheck::findings);
    }

    /** The same while the server runs. */
    StartupReport again() {
        return run(StartupCheck::again);
    }

    private StartupReport run(Function<StartupCheck, List<Finding>> look) {
        List<Finding> findings = new ArrayList<>();
        for (StartupCheck check : checks) {
            try {
                findings.addAll(look.apply(check));
            } catch (RuntimeException e) {
                findings.add(Finding.fail(
                        check.getClass().getSimpleName(),
                        "the check itself broke: " + e.getClass().getSimpleName(),
                        "Look at the settings that it reads, and report this."));
            }
        }
        return new StartupReport(clock.instant(), withoutSecrets(findings));
    }

    /** The last wall: whatever a check says, the values of settings that are secret are not in it. */
    private List<Finding> withoutSecrets(List<Finding> findings) {
        return findings.stream()
                .map(finding -> new Finding(
                        finding.verdict(),
                        finding.subject(),
                        Secrets.blackedOut(finding.detail(), environment),
                        finding.remedy() == null ? null : Secrets.blackedOut(finding.remedy(), environment)))
                .toList();
    }
}
