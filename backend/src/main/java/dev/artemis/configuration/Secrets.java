package dev.artemis.configuration;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/** Which settings are secret, by their names, and text without their values. */
final class Secrets {

    private static final Pattern NAME = Pattern.compile("(password|secret|token|key|keys)$");
    private static final Pattern IN_URL = Pattern.compile("//[^/:@\\s]*:([^@\\s]+)@");
    private static final int SHORTEST = 8;

    private Secrets() {}

    /** The text with each of our secret settings' values replaced. */
    static String blackedOut(String text, Environment environment) {
        String result = text;
        for (String value : values(environment)) {
            result = result.replace(value, "•••");
        }
        return result;
    }

    private static Set<String> values(Environment environment) {
        Set<String> values =
                new TreeSet<>((a, b) -> a.length() == b.length() ? a.compareTo(b) : b.length() - a.length());
        if (environment instanceof ConfigurableEnvironment configurable) {
            for (PropertySource<?> source : configurable.getPropertySources()) {
                if (source instanceof EnumerablePropertySource<?> enumerable) {
                    addFrom(enumerable, environment, values);
                }
            }
        }
        values.removeIf(value -> value.length() < SHORTEST);
        return values;
    }

    private static void addFrom(EnumerablePropertySource<?> source, Environment environment, Set<String> values) {
        for (String name : source.getPropertyNames()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!lower.startsWith("artemis")) {
                continue;
            }
            String value = environment.getProperty(name);
            if (value != null && NAME.matcher(lower).find()) {
                values.add(value);
                values.addAll(List.of(value.split("\\s*,\\s*", -1)));
            }
            if (value != null) {
                Matcher url = IN_URL.matcher(value);
                while (url.find()) {
                    values.add(url.group(1));
                }
            }
        }
    }
}
