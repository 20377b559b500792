package dev.artemis.scanning.python;

import java.util.List;

/** Reads {@code import} statements. */
final class Imports {

    private final Parser in;
    private final Notes notes;

    Imports(Parser in, Notes notes) {
        this.in = in;
        this.notes = notes;
    }

    void modules() {
        in.skip();
        do {
            int at = in.at();
            String first = in.name();
            String path = dotted(first);
            if (in.takeKeyword("as")) {
                notes.bindKnown(in.name(), at, new Value.Symbol(path));
            } else {
                notes.bindKnown(first, at, new Value.Symbol(first));
            }
            notes.use(new Expr.Constant(new Value.Symbol(path), at), notes.fate(List.of()));
        } while (in.take(","));
    }

    private String dotted(String first) {
        if (!in.is(".")) {
            return first;
        }
        var path = new StringBuilder(first);
        while (in.take(".")) {
            path.append('.').append(in.name());
        }
        return path.toString();
    }

    void names() {
        in.skip();
        int moduleAt = in.at();
        boolean relative = false;
        while (in.take(".") || in.take("...")) {
            relative = true;
        }
        String path = "";
        if (!in.isKeyword("import")) {
            path = dotted(in.name());
        } else if (!relative) {
            throw in.fault("a module was expected");
        }
        String from = relative ? "." + path : path;
        in.expectKeyword("import");
        if (in.take("*")) {
            notes.scope().star(from);
            notes.use(new Expr.Constant(new Value.Symbol(from), moduleAt), Program.Fate.SHARED);
            return;
        }
        boolean parenthesised = in.take("(");
        do {
            if (parenthesised && in.is(")")) {
                break;
            }
            int at = in.at();
            String name = in.name();
            String alias = in.takeKeyword("as") ? in.name() : name;
            notes.bindKnown(alias, at, new Value.Symbol(from + "." + name));
            notes.use(new Expr.Constant(new Value.Symbol(from + "." + name), at), notes.fate(List.of()));
        } while (in.take(","));
        if (parenthesised) {
            in.expect(")");
        }
    }
}
