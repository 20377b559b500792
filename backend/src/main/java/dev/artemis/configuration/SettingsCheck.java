package dev.artemis.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.classreading.CachingMetadataReaderFactory;
import org.springframework.util.ClassUtils;

/**
 * Whether every setting can be read as what it is, and is within what its module allows: a number that is none, a time without its
 * unit. Finds the modules' records of settings by their name, {@code …Settings}. Values are not told: they may be secret.
 */
class SettingsCheck implements StartupCheck {

    private static final String SUBJECT = "settings";
    private static final String RECORDS = "classpath*:dev/artemis/**/*Settings.class";
    private static final Pattern DURATION = Pattern.compile("[0-9]+(ms|s|m|h|d)");

    private static final String SANDBOX = "artemis.sandbox";

    /** Their modules' own checks read them, and say more. */
    private static final List<String> CHECKED_ELSEWHERE = List.of("artemis.mail", SANDBOX);

    /** Where nothing says never, for ever, or at once. */
    private static final Set<String> MAY_BE_NOTHING =
            Set.of("artemis.providers.check-every", "artemis.runs.keep-output", "artemis.tenants.deletion-grace");

    private static final Duration SHORTEST = Duration.ofMillis(10);

    private final ConfigurableEnvironment environment;

    SettingsCheck(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Set<String> told = new HashSet<>();
        Binder binder = Binder.get(environment);
        for (Class<?> record : records()) {
            String prefix = Objects.requireNonNull(record.getAnnotation(ConfigurationProperties.class))
                    .value();
            if (CHECKED_ELSEWHERE.stream().noneMatch(prefix::startsWith)) {
                try {
                    binder.bindOrCreate(prefix, record);
                } catch (BindException e) {
                    findings.add(fault(e));
                    told.add(name(e));
                }
            }
        }
        durations().stream().filter(name -> !told.contains(name)).forEach(name -> {
            Duration length = duration(environment.getProperty(name));
            if (length == null) {
                findings.add(Finding.fail(
                        SUBJECT,
                        name + " is no length of time",
                        "Set it to a number with a unit: 500ms, 10s, 5m, 1h, 30d."));
            } else if (!MAY_BE_NOTHING.contains(name) && length.compareTo(SHORTEST) < 0) {
                findings.add(Finding.fail(
                        SUBJECT,
                        name + " is too short",
                        "Set it to 10ms or more: less is no time to wait, or a loop without a rest."));
            }
        });
        return findings.isEmpty() ? List.of(Finding.pass(SUBJECT, "every setting can be read")) : findings;
    }

    private static Finding fault(BindException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String ours = ours(cause);
        return Finding.fail(
                SUBJECT,
                ours == null ? name(e) + " cannot be read" : ours,
                "Mend it; application.yaml says what each setting means, and in which unit.");
    }

    /** Only what our own records say of their ranges is repeated. */
    private static @Nullable String ours(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        return cause instanceof IllegalArgumentException
                        && trace.length > 0
                        && trace[0].getClassName().startsWith("dev.artemis.")
                ? cause.getMessage()
                : null;
    }

    private static String name(BindException e) {
        return e.getProperty() == null
                ? e.getName().toString()
                : e.getProperty().getName().toString();
    }

    /** Settings whose usual value is a length of time: some are read where a schedule is named, by no record. */
    private List<String> durations() {
        List<String> names = new ArrayList<>();
        environment.getPropertySources().stream()
                .filter(source -> source.getName().contains("class path resource [application"))
                .filter(EnumerablePropertySource.class::isInstance)
                .map(source -> (EnumerablePropertySource<?>) source)
                .forEach(file -> {
                    for (String name : file.getPropertyNames()) {
                        if (name.startsWith("artemis.")
                                && !name.startsWith(SANDBOX)
                                && DURATION.matcher(String.valueOf(file.getProperty(name)))
                                        .matches()) {
                            names.add(name);
                        }
                    }
                });
        return names;
    }

    private static @Nullable Duration duration(@Nullable String text) {
        try {
            Duration length = text == null ? null : DurationStyle.detectAndParse(text);
            return length == null || length.isNegative() ? null : length;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static List<Class<?>> records() {
        var metadata = new CachingMetadataReaderFactory();
        List<Class<?>> records = new ArrayList<>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources(RECORDS)) {
                var found = metadata.getMetadataReader(file);
                if (found.getAnnotationMetadata().hasAnnotation(ConfigurationProperties.class.getName())) {
                    records.add(ClassUtils.resolveClassName(
                            found.getClassMetadata().getClassName(), SettingsCheck.class.getClassLoader()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return records;
    }
}
