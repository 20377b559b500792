package dev.artemis.scanning.python;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of one function as they are read, and what Python does not take of them. */
final class Signature {

    private final Set<String> names = new HashSet<>();
    private boolean starred;
    private boolean defaulted;

    /** What follows is given by name. */
    void star() {
        starred = true;
    }

    /** Why the next one cannot be; null: it can. */
    @Nullable String refusal(String name, boolean byDefault) {
        if (!names.add(name)) {
            return "a parameter is named twice";
        }
        if (!starred && defaulted && !byDefault) {
            return "a parameter without a default follows one with";
        }
        defaulted |= byDefault;
        return null;
    }
}
