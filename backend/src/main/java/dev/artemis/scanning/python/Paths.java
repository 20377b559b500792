package dev.artemis.scanning.python;

import java.util.Map;
import java.util.Set;

/** Full names of things outside the program, each under one name. */
final class Paths {

    /** Some module, whichever is named while the program runs; as an attribute, something of a module. */
    static final String SOME = "?";

    private static final int MOST_LENGTH = 500;

    private static final Map<String, String> SAME = Map.ofEntries(
            Map.entry("posix", "os"),
            Map.entry("nt", "os"),
            Map.entry("_os", "os"),
            Map.entry("_sys", "sys"),
            Map.entry("__builtin__", "builtins"),
            Map.entry("__builtins__", "builtins"),
            Map.entry("_pickle", "pickle"),
            Map.entry("cPickle", "pickle"),
            Map.entry("pickle5", "pickle"),
            Map.entry("_marshal", "marshal"),
            Map.entry("_ctypes", "ctypes"));

    /** Modules that others carry along as attributes: {@code random._os}. */
    private static final Set<String> CARRIED = Set.of(
            "os",
            "_os",
            "posix",
            "nt",
            "sys",
            "_sys",
            "subprocess",
            "builtins",
            "__builtins__",
            "ctypes",
            "pty",
            "pickle",
            "_pickle",
            "marshal",
            "runpy",
            "importlib");

    /** Modules that are called as one of power, and hold something of their own. */
    private static final Set<String> OWN =
            Set.of("pandas.io.pickle", "pandas.compat.pickle", "joblib.externals.cloudpickle");

    /** The code object of a function. */
    static final String SOME_CODE = "types.CodeType()";

    private Paths() {}

    /** Something of a module, whichever is named while the program runs. */
    static Value someOf(String module) {
        return new Value.Symbol(module + "." + SOME);
    }

    /** The module of something of it; empty for another name. */
    static String moduleOfSome(String path) {
        return path.endsWith("." + SOME) ? path.substring(0, path.length() - SOME.length() - 1) : "";
    }

    /** Whether nothing more is known of it than that it belongs to some module. */
    static boolean isOfSome(String path) {
        return path.startsWith(SOME);
    }

    /** What a full name stands for. */
    static Value value(String path) {
        if (path.length() > MOST_LENGTH) {
            return Value.UNKNOWN;
        }
        int last = path.lastIndexOf('.');
        if (last < 0) {
            return new Value.Symbol(SAME.getOrDefault(path, path));
        }
        String name = path.substring(last + 1);
        if (CARRIED.contains(name) && !OWN.contains(path)) {
            return new Value.Symbol(SAME.getOrDefault(name, name));
        }
        if (path.startsWith(".")) {
            return Value.UNKNOWN;
        }
        switch (name) {
            case "__self__" -> {
                // a builtin function belongs to its module
                int before = path.lastIndexOf('.', last - 1);
                return before < 0 ? Value.UNKNOWN : value(path.substring(0, before));
            }
            case "__class__" -> {
                if (path.equals(SOME_CODE + ".__class__")) {
                    return new Value.Symbol("types.CodeType");
                }
            }
            default -> {}
        }
        int first = path.indexOf('.');
        String top = path.substring(0, first);
        String canonical = SAME.containsKey(top) ? SAME.get(top) + path.substring(first) : path;
        if (canonical.equals("sys.modules")) {
            return Value.MODULES;
        }
        return name.equals("__dict__")
                ? new Value.NamesOf(canonical.substring(0, canonical.length() - "__dict__".length() - 1))
                : new Value.Symbol(canonical);
    }

    /** An attribute of a symbol; no rule knows a longer one. */
    static Value attribute(String path, String name) {
        return path.length() + name.length() > MOST_LENGTH ? Value.UNKNOWN : value(path + "." + name);
    }
}
