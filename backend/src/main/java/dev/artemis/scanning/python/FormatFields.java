package dev.artemis.scanning.python;

import java.util.Set;

/** Fields of format strings that reach into the interpreter's insides: {@code "{0.__class__.__init__.__globals__}"}. */
final class FormatFields {

    private static final Set<String> INSIDES = Set.of("func_globals", "f_globals", "gi_frame");
    private static final Set<String> HARMLESS =
            Set.of("__class__", "__name__", "__qualname__", "__module__", "__doc__", "__version__", "__file__");

    private FormatFields() {}

    /** One walk: each character belongs to one field, and ends with it. */
    static boolean reachInside(String text) {
        int open = text.indexOf('{');
        while (open >= 0) {
            int end = open + 1;
            while (end < text.length() && text.charAt(end) != '{' && text.charAt(end) != '}') {
                end++;
            }
            if (end < text.length() && reachesInside(text, open + 1, end)) {
                return true;
            }
            open = text.indexOf('{', end);
        }
        return false;
    }

    /** A name and its steps, to the conversion or the format behind them: {@code name.attribute[key]!r:>10}. */
    private static boolean reachesInside(String text, int from, int to) {
        boolean keyed = false;
        int step = from;
        for (int at = from; at <= to; at++) {
            char c = at < to ? text.charAt(at) : ':';
            boolean ends = !keyed && (c == ':' || c == '!');
            if (ends || at == to || c == '.' || c == '[' || c == ']') {
                boolean last = ends || at == to;
                if (step > from && isInside(text.substring(step, at), last)) {
                    return true;
                }
                if (last) {
                    return false;
                }
                keyed = c == '[' || (keyed && c != ']');
                step = at + 1;
            }
        }
        return false;
    }

    private static boolean isInside(String step, boolean last) {
        if (INSIDES.contains(step)) {
            return true;
        }
        boolean dunder = step.length() > 4 && step.startsWith("__") && step.endsWith("__");
        return dunder && !HARMLESS.contains(step) && !(last && step.equals("__dict__"));
    }
}
