package dev.artemis.configuration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Finds settings that nobody reads. All that we read is in our {@code application.yaml}, under its own name or as the
 * environment variable that it names. A name in {@code artemis.*} that is not there fails, since somebody relies on it;
 * an environment variable fails where it looks like a mistyped one of ours, else it warns: it may be another program's.
 */
class UnknownSettingsCheck implements StartupCheck {

    private static final String SUBJECT = "settings";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(ARTEMIS_[A-Z0-9_]+)");

    private static final String OURS = "ARTEMIS_";

    /** One letter too many, too few or another, or two that changed places. */
    private static final int SLIPS_OF_THE_PREFIX = 2;

    /** Of so many letters, one may be wrong. */
    private static final int LETTERS_PER_SLIP = 5;

    /** Read by the launcher, which hands its environment down. */
    private static final Set<String> OF_THE_LAUNCHER = Set.of("ARTEMIS_JAVA_OPTIONS", "ARTEMIS_JAR");

    private final ConfigurableEnvironment environment;

    UnknownSettingsCheck(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public List<Finding> findings() {
        Set<String> names = new TreeSet<>();
        Set<String> variables = new TreeSet<>(OF_THE_LAUNCHER);
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (isOurs(source) && source instanceof EnumerablePropertySource<?> file) {
                learn(file, names, variables);
            }
        }
        List<Finding> findings = new ArrayList<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (!isOurs(source) && source instanceof EnumerablePropertySource<?> set) {
                boolean process =
                        source.getName().contains(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
                for (String name : new TreeSet<>(List.of(set.getPropertyNames()))) {
                    check(name, process, names, variables).ifPresent(findings::add);
                }
            }
        }
        return findings.isEmpty() ? List.of(Finding.pass(SUBJECT, "every setting is known")) : findings;
    }

    private static boolean isOurs(PropertySource<?> source) {
        return source.getName().contains("class path resource [application");
    }

    private static void learn(EnumerablePropertySource<?> file, Set<String> names, Set<String> variables) {
        for (String name : file.getPropertyNames()) {
            if (name.startsWith("artemis.")) {
                names.add(withoutIndex(name));
            }
            Matcher matcher = VARIABLE.matcher(String.valueOf(file.getProperty(name)));
            while (matcher.find()) {
                variables.add(matcher.group(1));
            }
        }
    }

    private static Optional<Finding> check(String name, boolean process, Set<String> names, Set<String> variables) {
        boolean variable = process && name.startsWith(OURS);
        boolean property = !process && name.startsWith("artemis.");
        if (!variable && !property) {
            return process ? almostOurs(name, names, variables) : Optional.empty();
        }
        boolean known = variable
                ? isRead(name, names, variables)
                : names.stream().anyMatch(each -> uniform(each).equals(uniform(withoutIndex(name))));
        if (known) {
            return Optional.empty();
        }
        String plain = plain(withoutIndex(name));
        Optional<String> meant = (variable ? variableNames(names, variables) : names)
                .stream()
                        .filter(each -> distance(plain(each), plain) <= plain.length() / LETTERS_PER_SLIP)
                        .min(Comparator.comparingInt(each -> distance(plain(each), plain)));
        if (variable && meant.isEmpty()) {
            return Optional.of(Finding.warn(
                    SUBJECT,
                    "the environment variable " + name + " is read by nobody",
                    "Remove it, or mend its name."));
        }
        return Optional.of(Finding.fail(
                SUBJECT,
                name + " is not a setting"
                        + meant.map(each -> "; did you mean " + each + "?").orElse(""),
                "Remove it, or mend its name; application.yaml names all there are."));
    }

    /** Another program's, unless the rest of its name is that of one of ours: then somebody slipped at its beginning. */
    private static Optional<Finding> almostOurs(String name, Set<String> names, Set<String> variables) {
        int end = name.indexOf('_') + 1;
        String ours = OURS + name.substring(end);
        return distance(name.substring(0, end), OURS) <= SLIPS_OF_THE_PREFIX && isRead(ours, names, variables)
                ? Optional.of(Finding.warn(
                        SUBJECT,
                        "the environment variable " + name + " is read by nobody; did you mean " + ours + "?",
                        "Mend its name, or leave it if another program reads it."))
                : Optional.empty();
    }

    /** As application.yaml names it, or as Spring turns a setting's name into a variable's: dashes go, or become underscores. */
    private static boolean isRead(String variable, Set<String> names, Set<String> variables) {
        return variables.contains(variable)
                || names.stream()
                        .map(name -> name.toUpperCase(Locale.ROOT).replace('.', '_'))
                        .anyMatch(name ->
                                variable.equals(name.replace("-", "")) || variable.equals(name.replace('-', '_')));
    }

    private static Set<String> variableNames(Set<String> names, Set<String> variables) {
        Set<String> all = new TreeSet<>(variables);
        for (String name : names) {
            boolean hasOwn = variables.stream().anyMatch(each -> plain(each).equals(plain(name)));
            if (!hasOwn) {
                all.add(name.toUpperCase(Locale.ROOT).replace('.', '_').replace("-", ""));
            }
        }
        return all;
    }

    private static String withoutIndex(String name) {
        return name.replaceAll("\\[\\d+]", "");
    }

    /** Spring's uniform form: between two dots, neither case nor dashes and underscores tell names apart. */
    private static String uniform(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
    }

    /** Without anything that parts words: what two names have in common that were meant to be one. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[._-]", "");
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        for (int column = 0; column <= b.length(); column++) {
            before[column] = column;
        }
        for (int row = 1; row <= a.length(); row++) {
            int[] now = new int[b.length() + 1];
            now[0] = row;
            for (int column = 1; column <= b.length(); column++) {
                int substitute = before[column - 1] + (a.charAt(row - 1) == b.charAt(column - 1) ? 0 : 1);
                now[column] = Math.min(substitute, 1 + Math.min(before[column], now[column - 1]));
            }
            before = now;
        }
        return before[b.length()];
    }
}
