package dev.artemis.scanning.python;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where an expression is evaluated: its scope, and the names of lambdas and comprehensions around it. */
record Env(Scope scope, @Nullable Frame frame) {

    /** Names that are bound for one expression. */
    record Frame(Map<String, Value> names, @Nullable Frame outer) {}

    static Env of(Scope scope) {
        return new Env(scope, null);
    }

    Env with(Map<String, Value> names) {
        return new Env(scope, new Frame(names, frame));
    }

    /** Null where no lambda or comprehension binds the name. */
    @Nullable Value framed(String name) {
        for (Frame frame = this.frame; frame != null; frame = frame.outer()) {
            Value value = frame.names().get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
