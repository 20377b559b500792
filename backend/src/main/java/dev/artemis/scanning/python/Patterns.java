package dev.artemis.scanning.python;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
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
    private final SequencedSet<String> captured = new LinkedHashSet<>();

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
        Expr subject = notes.use(in.starredNamedExpressions(), Program.Fate.LEAVES);
        in.expect(":");
        in.expectKind(Tokens.NEWLINE);
        in.expectKind(Tokens.INDENT);
        boolean last = false;
        while (in.kind() == Tokens.NAME && in.word(0).equals("case")) {
            in.accept(last ? "a case follows one that takes all" : null);
            in.skip();
            var end = new boolean[1];
            notes.inRegion(in::at, () -> end[0] = matchCase(subject));
            last = end[0];
        }
        in.expectKind(Tokens.DEDENT);
    }

    /** Returns whether it takes all there is. */
    private boolean matchCase(Expr subject) {
        captured.clear();
        boolean all = cases(subject);
        if (in.takeKeyword("if")) {
            notes.use(in.named());
            all = false;
        }
        block.run();
        return all;
    }

    /** One pattern is the subject's own; those parted by commas are its items'. */
    private boolean cases(Expr subject) {
        in.accept(in.is(":") ? "a pattern was expected" : null);
        return items(":", isSequence(":") ? subject : null, subject);
    }

    /**
     * Patterns to the word that ends them.
     *
     * @param sequence what they are the items of; null: not known
     * @param whole what a single one is
     * @return whether it is a single one that takes all there is
     */
    private boolean items(String end, @Nullable Expr sequence, @Nullable Expr whole) {
        Expr items = sequence;
        int i = 0;
        boolean starred = false;
        boolean all = false;
        do {
            if (in.is(end) || in.isKeyword("if")) {
                return false;
            }
            if (in.is("*")) {
                in.accept(starred ? "two stars share one pattern" : null);
                starred = true;
                items = null;
            }
            all = pattern(items != null ? Expr.item(items, i, in.at()) : sequence == null ? whole : null);
            i++;
        } while (in.take(","));
        in.accept(starred && i == 1 && !end.equals("]") ? "a star stands alone" : null);
        return all && i == 1 && !end.equals("]");
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

    /** Returns whether it takes all there is. */
    private boolean pattern(@Nullable Expr subject) {
        if (in.take("*")) {
            capture(null);
            return false;
        }
        int before = captured.size();
        boolean all = closedPattern(subject);
        if (in.is("|")) {
            Set<String> names = takenSince(before);
            while (in.take("|")) {
                in.accept(all ? "an alternative follows one that takes all" : null);
                all = closedPattern(subject);
                in.accept(takenSince(before).equals(names) ? null : "alternatives have different names");
            }
            captured.addAll(names);
        }
        if (in.takeKeyword("as")) {
            in.accept(in.word(0).equals("_") ? "a name was expected" : null);
            capture(subject);
        }
        return all;
    }

    private Set<String> takenSince(int before) {
        Set<String> names = new LinkedHashSet<>();
        while (captured.size() > before) {
            names.add(captured.removeLast());
        }
        return names;
    }

    private void capture(@Nullable Expr subject) {
        int at = in.at();
        String name = in.name();
        if (!name.equals("_")) {
            Targets.name(name, at);
            in.accept(captured.add(name) ? null : "a pattern has a name twice");
            notes.bind(name, at, subject);
        }
    }

    private boolean closedPattern(@Nullable Expr subject) {
        if (in.take("(")) {
            boolean all = items(")", isSequence(")") ? subject : null, subject);
            in.expect(")");
            return all;
        }
        if (in.take("[")) {
            items("]", subject, null);
            in.expect("]");
        } else if (in.take("{")) {
            mappingPattern(subject);
        } else if (in.kind() == Tokens.NAME) {
            return namePattern(subject);
        } else {
            // a literal: a number with its sign, a complex number, a string, None
            notes.use(literal());
        }
        return false;
    }

    private Expr literal() {
        in.accept(in.isFormatted() ? "a pattern compares with something else than a literal" : null);
        Expr literal = in.binary(5);
        in.accept(isLiteral(literal) ? null : "a pattern compares with something else than a literal");
        return literal;
    }

    private static boolean isLiteral(Expr expr) {
        return switch (expr) {
            case Expr.Constant(Value value, int at) -> !value.equals(new Value.Other("..."));
            case Expr.Unary(String sign, Expr of, int at) -> sign.equals("-") && isNumber(of);
            // texts side by side
            case Expr.Formatted formatted -> formatted.parts().stream().allMatch(Patterns::isLiteral);
            case Expr.Chain(List<Expr> operands, List<String> operators, int at) ->
                operands.stream().allMatch(Patterns::isText)
                        || (operands.size() == 2
                                && (operators.getFirst().equals("+")
                                        || operators.getFirst().equals("-"))
                                && isLiteral(operands.getFirst())
                                && isNumber(operands.getLast())
                                && !isWhole(operands.getLast()));
            default -> false;
        };
    }

    private static boolean isNumber(Expr expr) {
        return isWhole(expr)
                || (expr instanceof Expr.Constant(Value value, int at) && value.equals(new Value.Other("number")));
    }

    private static boolean isWhole(Expr expr) {
        return expr instanceof Expr.Constant(Value.Whole value, int at);
    }

    private static boolean isText(Expr expr) {
        return expr instanceof Expr.Constant(Value.Binary content, int at);
    }

    private void mappingPattern(@Nullable Expr subject) {
        while (!in.is("}")) {
            if (in.take("**")) {
                in.accept(in.word(0).equals("_") ? "a name was expected" : null);
                capture(subject);
                in.take(",");
                break;
            } else {
                int at = in.at();
                Expr key = notes.use(key());
                in.expect(":");
                pattern(subject == null ? null : new Expr.Index(subject, key, at));
            }
            if (!in.take(",")) {
                break;
            }
        }
        in.expect("}");
    }

    /** A literal, or a name of something else's. */
    private Expr key() {
        if (in.kind() != Tokens.NAME) {
            return literal();
        }
        int at = in.at();
        Expr of = new Expr.Name(in.name(), at);
        do {
            in.expect(".");
            of = new Expr.Attribute(of, in.name(), at);
        } while (in.is("."));
        return of;
    }

    private boolean namePattern(@Nullable Expr subject) {
        int at = in.at();
        boolean plain = !(in.kind(1) == Tokens.OPERATOR
                && (in.word(1).equals(".") || in.word(1).equals("(")));
        if (plain) {
            capture(subject);
            return true;
        }
        Expr of = new Expr.Name(in.name(), at);
        while (in.take(".")) {
            of = new Expr.Attribute(of, in.name(), at);
        }
        notes.use(of);
        if (in.take("(")) {
            Expr single =
                    of instanceof Expr.Name(String type, int typeAt) && HOLDING_ITSELF.contains(type) ? subject : null;
            Set<String> names = new HashSet<>(0);
            while (!in.is(")")) {
                if (in.kind() == Tokens.NAME
                        && in.kind(1) == Tokens.OPERATOR
                        && in.word(1).equals("=")) {
                    int named = in.at();
                    String name = in.name();
                    in.accept(names.add(name) ? null : "an attribute is named twice");
                    in.skip();
                    pattern(subject == null ? null : notes.use(new Expr.Attribute(subject, name, named)));
                } else {
                    in.accept(names.isEmpty() && !in.is("*") ? null : "a pattern stands where none can");
                    pattern(single);
                }
                if (!in.take(",")) {
                    break;
                }
            }
            in.expect(")");
        }
        return false;
    }
}
