package dev.artemis.scanning.python;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names whose lists and dictionaries may be changed after they were bound: an item is set, a method changes them, they
 * are given to a function, or they go by a second name of which that is so. Told by name alone, in whatever scope: what
 * is held for changed that is not stays unknown, and no worse.
 */
final class Changes {

    private static final Set<String> CHANGING = Set.of(
            "append",
            "extend",
            "insert",
            "update",
            "setdefault",
            "pop",
            "popitem",
            "remove",
            "clear",
            "sort",
            "reverse",
            "add",
            "discard",
            "__setitem__",
            "__delitem__",
            "__iadd__",
            "__ior__");

    private static final Set<String> READING = Set.of(
            "print",
            "len",
            "sorted",
            "reversed",
            "enumerate",
            "zip",
            "list",
            "tuple",
            "set",
            "dict",
            "str",
            "repr",
            "join",
            "min",
            "max",
            "sum",
            "any",
            "all",
            "isinstance",
            "bytes",
            "map",
            "filter",
            "iter",
            "getattr",
            "hasattr");

    private final Set<String> changed = new HashSet<>();
    private final Map<String, String> sameAs = new HashMap<>();
    private final Set<String> roots = new HashSet<>();

    /** Items of it are set or deleted. */
    void changed(Expr list) {
        String name = name(list);
        if (!name.isEmpty()) {
            changed.add(name);
        }
    }

    /** Two names of one list. */
    void same(String one, String other) {
        String root = root(one);
        String otherRoot = root(other);
        if (!root.equals(otherRoot)) {
            sameAs.put(root, otherRoot);
        }
    }

    void called(Expr function, List<Expr> arguments) {
        String name = name(function);
        if (function instanceof Expr.Attribute(Expr of, String method, int at) && CHANGING.contains(method)) {
            changed(of);
        }
        if (!READING.contains(name)) {
            for (Expr argument : arguments) {
                if (argument instanceof Expr.Name(String id, int at)) {
                    changed.add(id);
                }
            }
        }
    }

    /** Asked when the whole program was read. */
    boolean mayChange(String name) {
        if (changed.contains(name)) {
            return true;
        }
        return !sameAs.isEmpty() && roots().contains(root(name));
    }

    private Set<String> roots() {
        if (roots.isEmpty()) {
            changed.forEach(name -> roots.add(root(name)));
        }
        return roots;
    }

    private String root(String name) {
        String at = name;
        String above = sameAs.get(at);
        while (above != null) {
            String top = sameAs.get(above);
            if (top != null) {
                sameAs.put(at, top);
            }
            at = above;
            above = top;
        }
        return at;
    }

    private static String name(Expr expr) {
        return switch (expr) {
            case Expr.Name(String id, int at) -> id;
            case Expr.Attribute(Expr of, String name, int at) -> name;
            case Expr.Index(Expr of, Expr key, int at) -> name(of);
            default -> "";
        };
    }
}
