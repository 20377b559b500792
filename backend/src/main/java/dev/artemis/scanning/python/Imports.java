package dev.artemis.scanning.python;

import java.util.List;
import java.util.Set;

/** Reads {@code import} statements. */
final class Imports {

    private static final String FUTURE = "__future__";

    private static final Set<String> FEATURES = Set.of(
            "nested_scopes",
            "generators",
            "division",
            "absolute_import",
            "with_statement",
            "print_function",
            "unicode_literals",
            "barry_as_FLUFL",
            "generator_stop",
            "annotations");

    private final Parser in;
    private final Notes notes;
    private boolean opened;
    private boolean begun;

    Imports(Parser in, Notes notes) {
        this.in = in;
        this.notes = notes;
    }

    /** Something was read before which no feature can be asked for. */
    void begun() {
        opened = true;
        begun = true;
    }

    /** A text by itself: the first statement may be one. */
    void said() {
        begun |= opened;
        opened = true;
    }

    void modules() {
        in.skip();
        do {
            int at = in.at();
            String first = in.name();
            String path = dotted(first);
            if (in.takeKeyword("as")) {
                notes.bindKnown(bound(), at, new Value.Symbol(path));
            } else {
                Targets.name(first, at);
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
        boolean future = !relative && path.equals(FUTURE);
        in.accept(future && begun ? "a feature is asked for too late" : null);
        begun |= !future;
        opened = true;
        String from = relative ? "." + path : path;
        in.expectKeyword("import");
        if (in.is("*")) {
            in.accept(future ? "not every feature can be asked for" : null);
            in.accept(notes.scope().kind() == Scope.Kind.MODULE ? null : "all names are imported within a body");
            in.skip();
            notes.scope().star(from);
            notes.use(new Expr.Constant(new Value.Symbol(from), moduleAt), Program.Fate.SHARED);
            return;
        }
        boolean parenthesised = in.take("(");
        do {
            int at = in.at();
            in.accept(future && !FEATURES.contains(in.word(0)) ? "a feature that there is none of" : null);
            String name = in.name();
            String alias = in.takeKeyword("as") ? bound() : name;
            Targets.name(alias, at);
            notes.bindKnown(alias, at, new Value.Symbol(from + "." + name));
            notes.use(new Expr.Constant(new Value.Symbol(from + "." + name), at), notes.fate(List.of()));
        } while (in.take(",") && !(parenthesised && in.is(")")));
        if (parenthesised) {
            in.expect(")");
        }
    }

    private String bound() {
        Targets.name(in.word(0), in.at());
        return in.name();
    }
}
