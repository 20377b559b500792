package dev.artemis.scanning.python;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of one function as they are read; each says why Python does not take it, null: it does. */
final class Signature {

    private final Set<String> names = new HashSet<>();
    private boolean slashed;
    private boolean starred;
    private boolean defaulted;
    /** A star without a name wants a name behind it. */
    private boolean wanting;

    private boolean closed;

    /** {@code /}: what stands before is positional. */
    @Nullable String slash() {
        if (slashed || starred || closed || names.isEmpty()) {
            return "a slash stands where none can";
        }
        slashed = true;
        return null;
    }

    /** {@code *}, with a name behind it or without: what follows is given by name. */
    @Nullable String star(boolean named) {
        if (starred || closed) {
            return "a star stands where none can";
        }
        starred = true;
        wanting = !named;
        return null;
    }

    /** {@code **}: nothing follows. */
    @Nullable String mapping() {
        if (closed || wanting) {
            return "two stars stand where none can";
        }
        closed = true;
        return null;
    }

    /** A name by itself. */
    @Nullable String parameter(String name, boolean byDefault) {
        if (closed) {
            return "a parameter follows the last";
        }
        if (!starred && defaulted && !byDefault) {
            return "a parameter without a default follows one with";
        }
        defaulted |= byDefault;
        wanting = false;
        return name(name);
    }

    /** The name behind one star or two. */
    @Nullable String name(String name) {
        return names.add(name) ? null : "a parameter is named twice";
    }

    @Nullable String end() {
        return wanting ? "a name is wanted behind a star" : null;
    }
}
