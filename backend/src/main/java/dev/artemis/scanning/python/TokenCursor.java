package dev.artemis.scanning.python;

/** Goes through tokens one by one, with a look ahead. */
class TokenCursor {

    private final Tokens tokens;
    private int next;
    private int lineEnd = -1;

    TokenCursor(Tokens tokens) {
        this.tokens = tokens;
    }

    final byte kind() {
        return tokens.kind(next);
    }

    final byte kind(int ahead) {
        int i = next + ahead;
        return i < tokens.count() ? tokens.kind(i) : Tokens.END;
    }

    final String word(int ahead) {
        int i = next + ahead;
        return i < tokens.count() ? tokens.text(i) : "";
    }

    final int at() {
        return tokens.start(next);
    }

    /** Where the token ends. */
    final int end() {
        return tokens.end(next);
    }

    /** Where the token before ended. */
    final int endBefore() {
        return tokens.end(next - 1);
    }

    final void skip() {
        next++;
    }

    @SuppressWarnings("ReferenceEquality") // interned
    final boolean is(String operator) {
        return tokens.kind(next) == Tokens.OPERATOR && tokens.text(next) == operator;
    }

    @SuppressWarnings("ReferenceEquality") // interned
    final boolean isKeyword(String keyword) {
        return tokens.kind(next) == Tokens.KEYWORD && tokens.text(next) == keyword;
    }

    final boolean take(String operator) {
        boolean found = is(operator);
        if (found) {
            next++;
        }
        return found;
    }

    final boolean takeKeyword(String keyword) {
        boolean found = isKeyword(keyword);
        if (found) {
            next++;
        }
        return found;
    }

    final void expect(String operator) {
        if (!take(operator)) {
            throw fault(operator + " was expected");
        }
    }

    final void expectKeyword(String keyword) {
        if (!takeKeyword(keyword)) {
            throw fault(keyword + " was expected");
        }
    }

    final void expectKind(byte kind) {
        if (kind() != kind) {
            throw fault("something else was expected");
        }
        next++;
    }

    final String name() {
        if (kind() != Tokens.NAME) {
            throw fault("a name was expected");
        }
        return tokens.text(next++);
    }

    /** How many tokens ahead the line ends; asked often on one line, it looks once. */
    final int aheadToLineEnd() {
        if (lineEnd < next) {
            lineEnd = next;
            while (tokens.kind(lineEnd) != Tokens.NEWLINE && tokens.kind(lineEnd) != Tokens.END) {
                lineEnd++;
            }
        }
        return lineEnd - next;
    }

    final SyntaxFault fault(String message) {
        return new SyntaxFault(message, at());
    }
}
