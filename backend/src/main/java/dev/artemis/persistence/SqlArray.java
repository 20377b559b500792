package dev.artemis.persistence;

import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column of many rows, for {@code unnest}: a batch of any size is then one statement with one plan.
 *
 * @param type PostgreSQL's name of the element type
 * @param values the elements' text form
 */
public record SqlArray(String type, @Nullable String[] values) {

    /** The column that {@code value} reads from each row. */
    public static <T> SqlArray of(String type, Collection<T> rows, Function<T, @Nullable Object> value) {
        @Nullable String[] values = new String[rows.size()];
        int n = 0;
        for (T row : rows) {
            Object element = value.apply(row);
            values[n++] = element == null ? null : element.toString();
        }
        return new SqlArray(type, values);
    }
}
