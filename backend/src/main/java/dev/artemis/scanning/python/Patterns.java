package dev.artemis.scanning.python;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code match} statements and the patterns of their cases. */
final class Patterns {

    /** Longer ones are held for a single pattern. */
    private static final int MOST_AHEAD = 1_000;

    /** Types whose single pattern is of the subject itself. */
    private static final Set<String> HOLDING_ITSELF =
            Set.of("bool", "bytearray", "bytes", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple");

    private final Parser in;
    private final Notes notes;
    private final Runnable block;

    /** @param block reads what a case does */
    Patterns(Parser in, Notes notes, Runnable block) {
        this.in = in;
        this.notes = notes;
        this.block = block;
    }

    /** A line that ends in a colon with "case" in the block behind it: nothing else looks like that. */
    boolean beginsMatch() {
        int ahead = in.aheadToLineEnd();
        return ahead > 2
                && in.kind(ahead - 1) == Tokens.OPERATOR
                && in.word(ahead - 1).equals(":")
                && in.kind(ahead + 1) == Tokens.INDENT
                && in.kind(ahead + 2) == Tokens.NAME
                && in.word(ahead + 2).equals("case");
    }

    void match() {
        in.skip();
        Expr subject = notes.use(in.starredExpressions(), Program.Fate.LEAVES);
        in.expect(":");
        in.expectKind(Tokens.NEWLINE);
        in.expectKind(Tokens.INDENT);
        while (in.kind() == Tokens.NAME && in.word(0).equals("case")) {
            in.skip();
            notes.inRegion(in::at, () -> matchCase(subject));
        }
        in.expectKind(Tokens.DEDENT);
    }

    private void matchCase(Expr subject) {
        cases(subject);
        if (in.takeKeyword("if")) {
            notes.use(in.named());
        }
        block.run();
    }

    /** One pattern is the subject's own; those parted by commas are its items'. */
    private void cases(Expr subject) {
        items(":", isSequence(":") ? subject : null, subject);
    }

    /**
     * Patterns to the word that ends them.
     *
     * @param sequence what they are the items of; null: not known
     * @param whole what a single one is
     */
    private void items(String end, @Nullable Expr sequence, @Nullable Expr whole) {
        Expr items = sequence;
        int i = 0;
        do {
            if (in.is(end) || in.isKeyword("if")) {
                return;
            }
            items = in.is("*") ? null : items;
            pattern(items != null ? Expr.item(items, i++, in.at()) : sequence == null ? whole : null);
        } while (in.take(","));
    }

    /** Whether a comma stands between the patterns that end with that word. */
    private boolean isSequence(String end) {
        int depth = 0;
        for (int ahead = 0;
                ahead < MOST_AHEAD && in.kind(ahead) != Tokens.NEWLINE && in.kind(ahead) != Tokens.END;
                ahead++) {
            if (in.kind(ahead) == Tokens.OPERATOR) {
                String word = in.word(ahead);
                if (depth == 0 && (word.equals(",") || word.equals(end))) {
                    return word.equals(",");
                }
                switch (word) {
                    case "(", "[", "{" -> depth++;
                    case ")", "]", "}" -> depth--;
                    default -> {}
                }
            }
        }
        return false;
    }

    private void pattern(@Nullable Expr subject) {
        if (in.take("*")) {
            capture(null);
            return;
        }
        do {
            closedPattern(subject);
        } while (in.take("|"));
        if (in.takeKeyword("as")) {
            capture(subject);
        }
    }

    private void capture(@Nullable Expr subject) {
        int at = in.at();
        String name = in.name();
        if (!name.equals("_")) {
            notes.bind(name, at, subject);
        }
    }

    private void closedPattern(@Nullable Expr subject) {
        if (in.take("(")) {
            items(")", isSequence(")") ? subject : null, subject);
            in.expect(")");
        } else if (in.take("[")) {
            items("]", subject, null);
            in.expect("]");
        } else if (in.take("{")) {
            mappingPattern(subject);
        } else if (in.kind() == Tokens.NAME) {
            namePattern(subject);
        } else {
            // a literal: a number with its sign, a complex number, a string, None
            notes.use(literal());
        }
    }

    private Expr literal() {
        return in.binary(5);
    }

    private void mappingPattern(@Nullable Expr subject) {
        while (!in.is("}")) {
            if (in.take("**")) {
                capture(subject);
            } else {
                int at = in.at();
                Expr key = notes.use(literal());
                in.expect(":");
                pattern(subject == null ? null : new Expr.Index(subject, key, at));
            }
            if (!in.take(",")) {
                break;
            }
        }
        in.expect("}");
    }

    private void namePattern(@Nullable Expr subject) {
        int at = in.at();
        boolean plain = !(in.kind(1) == Tokens.OPERATOR
                && (in.word(1).equals(".") || in.word(1).equals("(")));
        if (plain) {
            capture(subject);
            return;
        }
        Expr of = new Expr.Name(in.name(), at);
        while (in.take(".")) {
            of = new Expr.Attribute(of, in.name(), at);
        }
        notes.use(of);
        if (in.take("(")) {
            Expr single =
                    of instanceof Expr.Name(String type, int typeAt) && HOLDING_ITSELF.contains(type) ? subject : null;
            while (!in.is(")")) {
                if (in.kind() == Tokens.NAME
                        && in.kind(1) == Tokens.OPERATOR
                        && in.word(1).equals("=")) {
                    int named = in.at();
                    String name = in.name();
                    in.skip();
                    pattern(subject == null ? null : notes.use(new Expr.Attribute(subject, name, named)));
                } else {
                    pattern(single);
                }
                if (!in.take(",")) {
                    break;
                }
            }
            in.expect(")");
        }
    }
}
