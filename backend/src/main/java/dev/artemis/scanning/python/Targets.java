package dev.artemis.scanning.python;

import java.util.List;

/** What Python takes where something is given a value, changed or deleted. */
final class Targets {

    /** A constant of Python's own, which no text can give another value. */
    private static final String CONSTANT = "__debug__";

    private Targets() {}

    /** Of an assignment, a loop or a {@code with}. @throws SyntaxFault it is none */
    static void assigned(Expr target) {
        if (target instanceof Expr.Group group && (group.kind() == Expr.Kind.TUPLE || group.kind() == Expr.Kind.LIST)) {
            boolean starred = false;
            for (Expr part : group.parts()) {
                if (part instanceof Expr.Starred(Expr of, int at)) {
                    refuse(starred, "two stars share one assignment", at);
                    starred = true;
                    assigned(of);
                } else {
                    assigned(part);
                }
            }
        } else {
            single(target, "nothing that can be assigned to");
        }
    }

    /** Of {@code +=} and its like, and of an annotation. @throws SyntaxFault it is none */
    static void single(Expr target) {
        single(target, "nothing that can be assigned to");
    }

    private static void single(Expr target, String refusal) {
        switch (target) {
            case Expr.Name(String id, int at) -> name(id, at);
            case Expr.Attribute(Expr of, String name, int at) -> name(name, at);
            case Expr.Index index -> {}
            default -> throw new SyntaxFault(refusal, target.at());
        }
    }

    /** Of {@code del}. @throws SyntaxFault it is none */
    static void deleted(Expr target) {
        if (target instanceof Expr.Group(Expr.Kind kind, List<Expr> parts, int at)
                && (kind == Expr.Kind.TUPLE || kind == Expr.Kind.LIST)) {
            parts.forEach(Targets::deleted);
        } else if (!(target instanceof Expr.Attribute)) {
            single(target, "nothing that can be deleted");
        }
    }

    /** A name that is bound. @throws SyntaxFault it cannot be */
    static void name(String name, int at) {
        refuse(name.equals(CONSTANT), CONSTANT + " cannot be bound", at);
    }

    private static void refuse(boolean condition, String message, int at) {
        if (condition) {
            throw new SyntaxFault(message, at);
        }
    }
}
