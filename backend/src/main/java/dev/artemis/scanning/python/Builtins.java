package dev.artemis.scanning.python;

import java.util.Set;

/** Python's own names. */
final class Builtins {

    /** Builtins that a rule or a folded call knows; any other is as good as unknown. */
    static final Set<String> KNOWN = Set.of(
            "eval",
            "exec",
            "execfile",
            "compile",
            "__import__",
            "getattr",
            "setattr",
            "delattr",
            "hasattr",
            "vars",
            "globals",
            "locals",
            "dir",
            "chr",
            "ord",
            "str",
            "bytes",
            "bytearray",
            "int",
            "list",
            "tuple",
            "dict",
            "reversed",
            "map",
            "type",
            "object",
            "super",
            "breakpoint",
            "print",
            "isinstance",
            "id",
            "repr",
            "help",
            "len",
            "bool",
            "open",
            "input",
            "abs",
            "all",
            "any",
            "ascii",
            "bin",
            "callable",
            "divmod",
            "format",
            "hash",
            "hex",
            "issubclass",
            "iter",
            "max",
            "min",
            "next",
            "oct",
            "pow",
            "round",
            "sorted",
            "sum");

    private Builtins() {}
}
