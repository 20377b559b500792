package dev.artemis.scanning.python;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Slices and elements of constants. */
final class Slices {

    private Slices() {}

    /** {@code of[from:to:step]}; step is not 0. */
    static Value of(Value of, @Nullable Long from, @Nullable Long to, @Nullable Long step) {
        if (!(items(Value.unlessLong(of)) instanceof Value.Items(List<Value> items, long itemsWeight))) {
            return Value.UNKNOWN;
        }
        int size = items.size();
        // further apart than it is long, it takes the first alone; the sum cannot overflow
        long stride = step == null ? 1 : Math.clamp(step, -size - 1L, size + 1L);
        long begin = from == null ? (stride > 0 ? 0 : size - 1) : clamp(from, size, stride);
        long end = to == null ? (stride > 0 ? size : -1) : clamp(to, size, stride);
        List<Value> taken = new ArrayList<>();
        for (long i = begin; stride > 0 ? i < end : i > end; i += stride) {
            taken.add(items.get((int) i));
        }
        return same(of, taken);
    }

    private static long clamp(long bound, int size, long stride) {
        long counted = bound < 0 ? bound + size : bound;
        return stride > 0 ? Math.clamp(counted, 0, size) : Math.clamp(counted, -1, size - 1);
    }

    private static Value same(Value like, List<Value> items) {
        return switch (like) {
            case Value.Text text -> joined("", items);
            case Value.Binary binary -> {
                var bytes = new StringBuilder();
                for (Value item : items) {
                    bytes.append(item instanceof Value.Whole(long number) ? (char) (number & 0xff) : '?');
                }
                yield new Value.Binary(bytes.toString());
            }
            default -> Value.items(items);
        };
    }

    /** What a loop over it would give, as Items; the value itself where that is not known. */
    static Value items(Value iterable) {
        return switch (iterable) {
            case Value.Text(String text)
            when text.length() <= Arithmetic.MOST_TEXT ->
                Value.items(text.codePoints()
                        .<Value>mapToObj(point -> new Value.Text(Character.toString(point)))
                        .toList());
            case Value.Binary(String bytes)
            when bytes.length() <= Arithmetic.MOST_TEXT ->
                Value.items(bytes.chars().<Value>mapToObj(Value.Whole::new).toList());
            case Value.Pairs(List<Value> keys, List<Value> values) -> Value.items(keys);
            default -> iterable;
        };
    }

    /** {@code between.join(items)}. */
    static Value joined(String between, List<Value> items) {
        var text = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            if (!(items.get(i) instanceof Value.Text(String part))
                    || text.length() + between.length() + part.length() > Arithmetic.MOST_TEXT) {
                return Value.UNKNOWN;
            }
            text.append(i == 0 ? "" : between).append(part);
        }
        return new Value.Text(text.toString());
    }
}
