package dev.artemis.scanning.python;

/** Reads {@code match} statements and the patterns of their cases. */
final class Patterns {

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
        notes.use(in.starredExpressions(), Program.Fate.LEAVES);
        in.expect(":");
        in.expectKind(Tokens.NEWLINE);
        in.expectKind(Tokens.INDENT);
        while (in.kind() == Tokens.NAME && in.word(0).equals("case")) {
            in.skip();
            notes.inRegion(in::at, this::matchCase);
        }
        in.expectKind(Tokens.DEDENT);
    }

    private void matchCase() {
        patterns(":");
        if (in.takeKeyword("if")) {
            notes.use(in.named());
        }
        block.run();
    }

    private void patterns(String end) {
        do {
            if (in.is(end) || in.isKeyword("if")) {
                return;
            }
            pattern();
        } while (in.take(","));
    }

    private void pattern() {
        if (in.take("*")) {
            capture();
            return;
        }
        do {
            closedPattern();
        } while (in.take("|"));
        if (in.takeKeyword("as")) {
            capture();
        }
    }

    private void capture() {
        int at = in.at();
        String name = in.name();
        if (!name.equals("_")) {
            notes.bind(name, at, null);
        }
    }

    private void closedPattern() {
        if (in.take("(")) {
            patterns(")");
            in.expect(")");
        } else if (in.take("[")) {
            patterns("]");
            in.expect("]");
        } else if (in.take("{")) {
            mappingPattern();
        } else if (in.kind() == Tokens.NAME) {
            namePattern();
        } else {
            // a literal: a number with its sign, a complex number, a string, None
            notes.use(literal());
        }
    }

    private Expr literal() {
        return in.binary(5);
    }

    private void mappingPattern() {
        while (!in.is("}")) {
            if (in.take("**")) {
                capture();
            } else {
                notes.use(literal());
                in.expect(":");
                pattern();
            }
            if (!in.take(",")) {
                break;
            }
        }
        in.expect("}");
    }

    private void namePattern() {
        int at = in.at();
        boolean plain = !(in.kind(1) == Tokens.OPERATOR
                && (in.word(1).equals(".") || in.word(1).equals("(")));
        if (plain) {
            capture();
            return;
        }
        Expr of = new Expr.Name(in.name(), at);
        while (in.take(".")) {
            of = new Expr.Attribute(of, in.name(), at);
        }
        notes.use(of);
        if (in.take("(")) {
            while (!in.is(")")) {
                if (in.kind() == Tokens.NAME
                        && in.kind(1) == Tokens.OPERATOR
                        && in.word(1).equals("=")) {
                    in.skip();
                    in.skip();
                }
                pattern();
                if (!in.take(",")) {
                    break;
                }
            }
            in.expect(")");
        }
    }
}
