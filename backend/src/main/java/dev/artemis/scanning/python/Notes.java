package dev.artemis.scanning.python;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** What is noted of a program while it is read: scopes with their bindings, and where each expression is evaluated. */
final class Notes {

    private final List<Program.Use> uses = new ArrayList<>();
    private final List<String> annotations = new ArrayList<>();
    private final Set<String> definitions = new HashSet<>();
    private final Changes changes = new Changes();
    private final Scope module = new Scope(Scope.Kind.MODULE, null);
    private Scope scope = module;
    private Binding.@Nullable Region region;

    List<Program.Use> uses() {
        return uses;
    }

    List<String> annotations() {
        return annotations;
    }

    Set<String> definitions() {
        return definitions;
    }

    Changes changes() {
        return changes;
    }

    Scope module() {
        return module;
    }

    /** In which the reading stands. */
    Scope scope() {
        return scope;
    }

    /** A literal by itself does nothing; an import is a constant too, and is looked at. */
    Expr use(Expr expr) {
        return use(expr, Program.Fate.STAYS);
    }

    Expr use(Expr expr, Program.Fate fate) {
        boolean says = !(expr instanceof Expr.Constant(Value value, int at))
                || value instanceof Value.Symbol
                || value instanceof Value.Text;
        if (says) {
            uses.add(new Program.Use(expr, scope, fate));
        }
        return expr;
    }

    void annotation(Expr expr) {
        use(expr, Program.Fate.DECLARES);
        note(expr);
    }

    private void note(Expr annotation) {
        if (annotation instanceof Expr.Constant(Value.Text(String text), int at)) {
            annotations.add(text);
        }
        annotation.parts().forEach(this::note);
    }

    void walrus(String name, Expr value, int at) {
        // within a lambda or a branch, for all that is known here
        scope.bind(name, new Binding(at, scope, new Binding.Region(Integer.MAX_VALUE), value, null));
    }

    void bind(String name, int at, @Nullable Expr value) {
        scope.bind(name, new Binding(at, scope, region, value, null));
    }

    void define(String name, int at, Value defined) {
        definitions.add(name);
        bindKnown(name, at, defined);
    }

    void bindKnown(String name, int at, Value value) {
        scope.bind(name, new Binding(at, scope, region, null, value));
    }

    /**
     * Assigns to a target; attributes and items bind no name, but what they belong to is evaluated. A name is bound when
     * all that was read so far has been evaluated: in {@code eval = eval} the second is still Python's own.
     *
     * @param now where the reading stands
     */
    void assign(Expr target, @Nullable Expr value, int now) {
        switch (target) {
            case Expr.Name(String id, int at) -> {
                bind(id, now, value);
                if (value instanceof Expr.Name(String other, int otherAt)) {
                    changes.same(id, other);
                }
            }
            case Expr.Attribute attribute -> use(attribute);
            case Expr.Index index -> {
                changes.changed(index.of());
                use(index);
            }
            case Expr.Starred(Expr of, int ignored) -> assign(of, null, now);
            case Expr.Group(Expr.Kind kind, List<Expr> parts, int at)
            when kind == Expr.Kind.TUPLE || kind == Expr.Kind.LIST -> {
                boolean pairwise = value instanceof Expr.Group group
                        && group.parts().size() == parts.size()
                        && group.parts().stream().noneMatch(Expr.Starred.class::isInstance)
                        && parts.stream().noneMatch(Expr.Starred.class::isInstance);
                boolean known = value != null && parts.stream().noneMatch(Expr.Starred.class::isInstance);
                for (int i = 0; i < parts.size(); i++) {
                    Expr part = null;
                    if (pairwise && value instanceof Expr.Group group) {
                        part = group.parts().get(i);
                    } else if (known && value != null) {
                        part = Expr.item(value, i, at);
                    }
                    assign(parts.get(i), part, now);
                }
            }
            default -> throw new SyntaxFault("nothing that can be assigned to", target.at());
        }
    }

    /** A name can be followed, unless it is a class's, whose objects have it too. */
    Program.Fate fate(List<Expr> targets) {
        boolean named = scope.kind() != Scope.Kind.CLASS
                && targets.stream().allMatch(target -> target instanceof Expr.Name || target instanceof Expr.Group);
        return named ? Program.Fate.STAYS : Program.Fate.LEAVES;
    }

    void inScope(Scope own, Runnable work) {
        Scope around = scope;
        Binding.Region aroundRegion = region;
        scope = own;
        own.begin(uses.size());
        region = null;
        work.run();
        scope = around;
        region = aroundRegion;
    }

    /** Work whose bindings may or may not happen. @param at where the reading stands */
    void inRegion(IntSupplier at, Runnable work) {
        Binding.Region around = region;
        var own = new Binding.Region(at.getAsInt());
        region = own;
        work.run();
        own.close(at.getAsInt());
        region = around;
    }
}
