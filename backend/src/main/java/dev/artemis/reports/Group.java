package dev.artemis.reports;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The values of some dimensions, in their order; all lines of a breakdown share the list of dimensions. Never changes. */
final class Group extends AbstractMap<Dimension, String> {

    private final List<Dimension> by;
    private final String[] values;

    /** @param values one for each dimension, the caller's no more */
    Group(List<Dimension> by, String[] values) {
        this.by = by;
        this.values = values;
    }

    @Override
    public @Nullable String get(@Nullable Object dimension) {
        for (int n = 0; n < values.length; n++) {
            if (by.get(n) == dimension) {
                return values[n];
            }
        }
        return null;
    }

    @Override
    public boolean containsKey(@Nullable Object dimension) {
        return get(dimension) != null;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public Set<Entry<Dimension, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<Dimension, String>> iterator() {
                return IntStream.range(0, values.length)
                        .mapToObj(n -> Map.entry(by.get(n), values[n]))
                        .iterator();
            }

            @Override
            public int size() {
                return values.length;
            }
        };
    }
}
