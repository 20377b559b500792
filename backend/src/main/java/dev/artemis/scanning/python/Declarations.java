package dev.artemis.scanning.python;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code global} and {@code nonlocal} may declare: nothing that was used before, and nothing that is nowhere. */
final class Declarations {

    private record Nonlocal(String name, Scope scope, int at) {}

    /** Names that a scope has used so far. */
    private static final class Used {
        final Set<String> names = new HashSet<>();
        int next;
    }

    private final Notes notes;
    private final List<Nonlocal> nonlocals = new ArrayList<>(0);
    private final Map<Scope, Set<String>> nonlocalNames = new HashMap<>(0);
    private final Map<Scope, Set<String>> globals = new HashMap<>(0);
    private final Map<Scope, Used> used = new HashMap<>(0);
    private final Set<Scope> generic = new HashSet<>(0);

    Declarations(Notes notes) {
        this.notes = notes;
    }

    /** A function or class with type parameters, which are names around it. */
    void generic(Scope scope) {
        generic.add(scope);
    }

    void global(String name, int at) {
        Scope scope = notes.scope();
        refuse(nonlocalNames.getOrDefault(scope, Set.of()).contains(name), at);
        fresh(name, at);
        globals.computeIfAbsent(scope, any -> new HashSet<>()).add(name);
    }

    void nonlocal(String name, int at) {
        Scope scope = notes.scope();
        refuse(scope.parent() == null || globals.getOrDefault(scope, Set.of()).contains(name), at);
        fresh(name, at);
        nonlocals.add(new Nonlocal(name, scope, at));
        nonlocalNames.computeIfAbsent(scope, any -> new HashSet<>()).add(name);
    }

    /** {@code name: type}. */
    void annotated(String name, int at) {
        Scope scope = notes.scope();
        if (scope.parent() != null && scope.isElsewhere(name)) {
            throw new SyntaxFault("a name of elsewhere is annotated", at);
        }
    }

    /** At the end of the program, when all names are known. */
    void close() {
        for (Nonlocal one : nonlocals) {
            boolean found = false;
            for (Scope scope = one.scope().parent(); scope != null && !found; scope = scope.parent()) {
                found = generic.contains(scope)
                        || (scope.kind() == Scope.Kind.FUNCTION && scope.has(one.name()))
                        || (scope.kind() == Scope.Kind.CLASS && one.name().equals("__class__"));
            }
            if (!found) {
                throw new SyntaxFault("no function around has that name", one.at());
            }
        }
    }

    private void fresh(String name, int at) {
        Scope scope = notes.scope();
        Used before = used.computeIfAbsent(scope, any -> new Used());
        List<Program.Use> uses = notes.uses();
        for (int i = Math.max(before.next, scope.begins()); i < uses.size(); i++) {
            Program.Use use = uses.get(i);
            if (use.scope() == scope && use.fate() != Program.Fate.DECLARES) {
                note(use.expr(), before.names);
            }
        }
        before.next = uses.size();
        refuse(!generic.contains(scope) && (scope.hasOfItsOwn(name) || before.names.contains(name)), at);
    }

    /** Names that are looked up in the scope itself: not within a lambda or a comprehension. */
    private static void note(Expr expr, Set<String> names) {
        switch (expr) {
            case Expr.Name(String id, int at) -> names.add(id);
            case Expr.Lambda lambda -> lambda.defaults().forEach(part -> note(part, names));
            case Expr.Comprehension comprehension ->
                note(comprehension.clauses().getFirst().iterable(), names);
            default -> expr.parts().forEach(part -> note(part, names));
        }
    }

    private static void refuse(boolean condition, int at) {
        if (condition) {
            throw new SyntaxFault("a name is declared that cannot be", at);
        }
    }
}
