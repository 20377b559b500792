package dev.artemis.scanning.python;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A module, class or function, and the names bound in it. */
final class Scope {

    enum Kind {
        MODULE,
        CLASS,
        FUNCTION
    }

    private final Kind kind;
    private final @Nullable Scope parent;
    private final Map<String, List<Binding>> names = new HashMap<>();
    private final Set<String> own = new HashSet<>(0);
    private final Set<String> elsewhere = new HashSet<>();
    private final Set<String> stars = new LinkedHashSet<>();
    private final Map<String, Integer> deleted = new HashMap<>(0);
    private final List<Expr> returns = new ArrayList<>();
    private int begins;

    Scope(Kind kind, @Nullable Scope parent) {
        this.kind = kind;
        this.parent = parent;
    }

    Kind kind() {
        return kind;
    }

    @Nullable Scope parent() {
        return parent;
    }

    Scope module() {
        Scope scope = this;
        while (scope.parent != null) {
            scope = scope.parent;
        }
        return scope;
    }

    /** The first of the program's uses that can be in it. */
    void begin(int use) {
        begins = use;
    }

    int begins() {
        return begins;
    }

    /** {@code global name}: bound in the module, {@code nonlocal name}: bound in a function around. */
    void declareElsewhere(String name) {
        elsewhere.add(name);
        if (parent != null) {
            // an import before it counts as one behind it
            List<Binding> before = bindings(name);
            names.remove(name);
            before.forEach(binding -> bind(name, binding));
        }
    }

    void bind(String name, Binding binding) {
        if (elsewhere.contains(name) && parent != null) {
            // whether and when that function runs is not known
            var sometimes = new Binding(
                    binding.at(),
                    binding.within(),
                    new Binding.Region(Integer.MAX_VALUE),
                    binding.expression(),
                    binding.meaning());
            for (Scope scope = parent; scope != null; scope = scope.parent) {
                if (scope.parent == null || scope.names.containsKey(name)) {
                    scope.names.computeIfAbsent(name, any -> new ArrayList<>(1)).add(sometimes);
                    return;
                }
            }
        }
        names.computeIfAbsent(name, any -> new ArrayList<>(1)).add(binding);
        if (!(binding.meaning() instanceof Value.Symbol)) {
            own.add(name);
        }
    }

    boolean isElsewhere(String name) {
        return elsewhere.contains(name);
    }

    /** Whether the name is bound or deleted in it, as far as it was read. */
    boolean has(String name) {
        return names.containsKey(name) || deleted.containsKey(name);
    }

    /** Whether it is by the scope's own text, but for imports: Python lets what they bind be declared afterwards. */
    boolean hasOfItsOwn(String name) {
        return own.contains(name) || deleted.containsKey(name);
    }

    List<Binding> bindings(String name) {
        return names.getOrDefault(name, List.of());
    }

    /** {@code del name}: what is outside shows again. */
    void delete(String name, int at) {
        if (elsewhere.contains(name) && parent != null) {
            module().deleted.put(name, 0);
        } else {
            deleted.putIfAbsent(name, at);
        }
    }

    /** Whether the name may have been deleted when the place is reached. */
    boolean isDeleted(String name, int place) {
        Integer at = deleted.get(name);
        return at != null && at < place;
    }

    void star(String module) {
        stars.add(module);
    }

    Set<String> stars() {
        return stars;
    }

    void returned(Expr value) {
        returns.add(value);
    }

    List<Expr> returns() {
        return returns;
    }
}
