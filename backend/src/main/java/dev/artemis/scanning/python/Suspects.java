package dev.artemis.scanning.python;

import dev.artemis.scanning.Confidence;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What looks harmless until something else is seen: an attribute named as a power, on an object nobody knows, once a
 * module that has this power was given away as a value; the name of a power as a text, once a configuration is read that
 * calls what it names.
 */
final class Suspects {

    private static final int MOST = 10_000;

    private final Findings findings;
    private final Set<String> given = new HashSet<>();
    private final Map<Integer, String> attributes = new HashMap<>();
    private final Set<Integer> texts = new HashSet<>();
    private boolean readsConfiguration;

    Suspects(Findings findings) {
        this.findings = findings;
    }

    /** Whoever gets a module of power may use it under another name. */
    void given(Value value) {
        for (Value one : Value.each(value)) {
            if (one instanceof Value.Symbol(String path) && Rules.OF_MOST_POWER.contains(path)) {
                given.add(path);
            } else if (one instanceof Value.NamesOf(String path) && Rules.OF_MOST_POWER.contains(path)) {
                given.add(path);
            }
        }
    }

    /** An attribute of something that is not known. */
    void attribute(String name, int at) {
        if (Rules.mayBePower(name) && attributes.size() < MOST) {
            attributes.put(at, name);
        }
    }

    /** Something fetched by names that are not known, from what is not known: {@code getattr(*given)}. */
    void fetched(int at) {
        if (attributes.size() < MOST) {
            attributes.put(at, "system");
        }
    }

    void text(String text, int at) {
        if (text.length() < 80 && texts.size() < MOST) {
            String name = text.startsWith("ext://") ? text.substring("ext://".length()) : text;
            if (name.indexOf('.') > 0 && Rules.isPower(name)) {
                texts.add(at);
            }
        }
    }

    void readsConfiguration() {
        readsConfiguration = true;
    }

    void judge() {
        attributes.forEach((at, name) -> {
            if (!given.isEmpty() && (Rules.POWERS.contains(name) || isPowerOf(given, name))) {
                findings.report(Rule.HIDDEN_NAME, at, Confidence.LOW);
            }
        });
        if (readsConfiguration) {
            texts.forEach(at -> findings.report(Rule.CODE_TEXT, at, Confidence.MEDIUM));
        }
    }

    private static boolean isPowerOf(Set<String> modules, String name) {
        return modules.stream().anyMatch(module -> Rules.isPower(module + "." + name));
    }
}
