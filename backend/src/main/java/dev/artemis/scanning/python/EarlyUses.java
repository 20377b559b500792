package dev.artemis.scanning.python;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where the program's own functions and classes are used while its statements run in turn, rather than within a function
 * later: whatever is used may be called, and calls others. Looked for once, and only when it is asked for, since few
 * programs define a name below the function that uses it.
 */
final class EarlyUses {

    /** What runs when a class is derived from another, or an annotation takes one's items. */
    private static final Set<String> HOOKS = Set.of(
            "__init_subclass__", "__mro_entries__", "__class_getitem__", "__prepare__", "__new__", "__set_name__");

    /** By these too a function may be reached. */
    private static final Set<String> WAYS = Set.of("globals", "locals", "vars", "__builtins__", "sys", "gc", "inspect");

    private final Program program;
    private @Nullable TreeSet<Integer> places;

    EarlyUses(Program program) {
        this.program = program;
    }

    /** Whether something of the program's own may have run between two places. */
    boolean isAnyBetween(int from, int to) {
        if (places == null) {
            places = places();
        }
        @Nullable Integer next = places.higher(from);
        return next != null && next < to;
    }

    private TreeSet<Integer> places() {
        Set<String> names = new HashSet<>(program.definitions());
        boolean hooks = HOOKS.stream().anyMatch(names::contains);
        names.addAll(WAYS);
        var found = new TreeSet<Integer>();
        for (Program.Use use : program.uses()) {
            if (isInTurn(use.scope()) && (hooks || use.fate() != Program.Fate.DECLARES)) {
                note(use.expr(), names, found);
            }
        }
        return found;
    }

    private static boolean isInTurn(Scope scope) {
        for (Scope around = scope; around != null; around = around.parent()) {
            if (around.kind() == Scope.Kind.FUNCTION) {
                return false;
            }
        }
        return true;
    }

    private static void note(Expr expr, Set<String> names, Set<Integer> found) {
        if (expr instanceof Expr.Name(String id, int at) && names.contains(id)) {
            found.add(at);
        }
        expr.parts().forEach(part -> note(part, names, found));
    }
}
