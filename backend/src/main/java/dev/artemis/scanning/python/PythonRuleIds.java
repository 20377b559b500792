package dev.artemis.scanning.python;

import java.util.Set;

/** The ids of the rules for Python. */
public final class PythonRuleIds {

    /** Every one. */
    public static final Set<String> ALL = Rule.ids();

    private PythonRuleIds() {}
}
