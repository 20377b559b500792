package dev.artemis.scanning.python;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts a program into tokens as CPython does: indentation, joined lines, brackets at most 200 deep, strings of every
 * prefix. A formatted string is one token; its fields are read when it is parsed.
 */
final class Lexer {

    /** CPython's own: "too many nested parentheses". */
    private static final int MOST_BRACKETS = 200;

    /** CPython's own: "too many levels of indentation". */
    private static final int MOST_INDENTS = 100;

    /** By their first character, the longest first. */
    private static final String[][] OPERATORS = byFirst(
            "**=", "//=", ">>=", "<<=", "...", "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", "+=", "-=", "*=",
            "/=", "%=", "&=", "|=", "^=", "@=", ":=", "+", "-", "*", "/", "%", "&", "|", "^", "~", "<", ">", "(", ")",
            "[", "]", "{", "}", ",", ":", ".", ";", "@", "=");

    private final String text;
    private final int limit;
    private final Words words;
    private final Tokens tokens;
    private final StringBounds strings;
    private final char[] brackets = new char[MOST_BRACKETS];
    private final int[] opened = new int[MOST_BRACKETS];
    private final int floor;
    private int depth;
    private int at;

    private Lexer(String text, int start, int limit, int depth, Words words) {
        this.text = text;
        this.at = start;
        this.limit = limit;
        this.floor = depth;
        this.depth = depth;
        this.words = words;
        this.tokens = new Tokens((limit - start) / 3);
        this.strings = new StringBounds(text, limit);
    }

    /** A whole program. */
    static Tokens program(String text, Words words) {
        var lexer = new Lexer(text, 0, text.length(), 0, words);
        lexer.lines();
        return lexer.tokens;
    }

    /** An expression within a formatted string: lines end nowhere in it. */
    static Tokens field(String text, int start, int end, Words words) {
        var lexer = new Lexer(text, start, end, 0, words);
        lexer.depth = 1;
        lexer.brackets[0] = '{';
        return lexer.only(1);
    }

    private Tokens only(int base) {
        while (skipBlanks()) {
            token(base);
        }
        if (depth != base) {
            throw new SyntaxFault("a bracket is not closed", depth > base ? opened[depth - 1] : limit);
        }
        tokens.add(Tokens.END, limit, limit, "");
        return tokens;
    }

    private void lines() {
        List<int[]> indents = new ArrayList<>();
        indents.add(new int[] {0, 0});
        while (at < limit) {
            if (!beginLine(indents)) {
                continue;
            }
            while (at < limit && (text.charAt(at) != '\n' || depth > 0)) {
                if (!skipBlanks()) {
                    break;
                }
                if (text.charAt(at) == '\n') {
                    break;
                }
                token(floor);
            }
            if (depth > 0) {
                throw new SyntaxFault("a bracket is not closed", opened[depth - 1]);
            }
            tokens.add(Tokens.NEWLINE, at, Math.min(limit, at + 1), "");
            at++;
        }
        for (int i = 1; i < indents.size(); i++) {
            tokens.add(Tokens.DEDENT, limit, limit, "");
        }
        tokens.add(Tokens.END, limit, limit, "");
    }

    /** Measures the indentation; false for a line without any token. */
    private boolean beginLine(List<int[]> indents) {
        int column = 0;
        int alternative = 0;
        while (at < limit) {
            char c = text.charAt(at);
            if (c == ' ') {
                column++;
                alternative++;
            } else if (c == '\t') {
                column = (column / 8 + 1) * 8;
                alternative++;
            } else if (c == '\f') {
                column = 0;
                alternative = 0;
            } else if (c == '\\' && at + 1 < limit && text.charAt(at + 1) == '\n') {
                // the line goes on: what was measured stays
                at += 2;
                while (at < limit && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                    at++;
                }
                break;
            } else {
                break;
            }
            at++;
        }
        if (at < limit && text.charAt(at) == '#') {
            skipComment();
        }
        if (at >= limit) {
            return false;
        }
        if (text.charAt(at) == '\n') {
            at++;
            return false;
        }
        indent(indents, column, alternative);
        return true;
    }

    private void indent(List<int[]> indents, int column, int alternative) {
        int[] top = indents.getLast();
        if (column == top[0]) {
            require(alternative == top[1], "tabs and spaces are mixed");
        } else if (column > top[0]) {
            require(alternative > top[1], "tabs and spaces are mixed");
            require(indents.size() <= MOST_INDENTS, "indented too deep");
            indents.add(new int[] {column, alternative});
            tokens.add(Tokens.INDENT, at, at, "");
        } else {
            while (column < indents.getLast()[0]) {
                indents.removeLast();
                tokens.add(Tokens.DEDENT, at, at, "");
            }
            require(
                    column == indents.getLast()[0] && alternative == indents.getLast()[1],
                    "unindented to no level there was");
        }
    }

    /** To the next token; false at the end. Outside brackets a line's end is left to be seen. */
    private boolean skipBlanks() {
        while (at < limit) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\f') {
                at++;
            } else if (c == '\n' && depth > 0) {
                at++;
            } else if (c == '#') {
                skipComment();
            } else if (c == '\\' && at + 1 < limit && text.charAt(at + 1) == '\n') {
                at += 2;
                require(at < limit, "ends behind a backslash");
            } else {
                return true;
            }
        }
        return false;
    }

    private void skipComment() {
        while (at < limit && text.charAt(at) != '\n') {
            require(text.charAt(at) != 0, "a NUL character");
            at++;
        }
    }

    private void token(int base) {
        int start = at;
        char c = text.charAt(at);
        if (c < 128 ? isNameStart(c) : true) {
            nameOrString(start);
        } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
            number(start);
        } else if (c == '"' || c == '\'') {
            string(start, start);
        } else {
            operator(start, base);
        }
    }

    private void nameOrString(int start) {
        boolean ascii = true;
        while (at < limit) {
            char c = text.charAt(at);
            if (c < 128) {
                if (!isNameStart(c) && !isDigit(c)) {
                    break;
                }
                at++;
            } else {
                int point = text.codePointAt(at);
                boolean fits = at == start
                        ? Character.isUnicodeIdentifierStart(point)
                        : Character.isUnicodeIdentifierPart(point) && !Character.isIdentifierIgnorable(point);
                require(fits, "a character that belongs nowhere");
                ascii = false;
                at += Character.charCount(point);
            }
        }
        if (ascii
                && at - start <= 2
                && at < limit
                && (text.charAt(at) == '"' || text.charAt(at) == '\'')
                && StringBounds.isPrefix(text, start, at)) {
            string(start, at);
            return;
        }
        String word = words.name(text, start, at, ascii);
        // a keyword in disguise is a name to Python: it looks for keywords before it normalises
        tokens.add(ascii && Words.isKeyword(word) ? Tokens.KEYWORD : Tokens.NAME, start, at, word);
    }

    private void string(int start, int quote) {
        at = strings.end(start, quote);
        tokens.add(Tokens.STRING, start, at, "");
    }

    private void number(int start) {
        char c = text.charAt(at);
        char next = Character.toLowerCase(peek(1));
        if (c == '0' && (next == 'x' || next == 'o' || next == 'b')) {
            at += 2;
            int radix = next == 'x' ? 16 : next == 'o' ? 8 : 2;
            char before = 0;
            while (at < limit
                    && (text.charAt(at) == '_' || Character.digit(text.charAt(at), radix) >= 0)
                    && text.charAt(at) < 128) {
                require(text.charAt(at) != '_' || before != '_', "a number with a gap");
                before = text.charAt(at);
                at++;
            }
            require(at > start + 2, "a number without digits");
            require(before != '_', "a number with a gap");
        } else {
            digits();
            boolean whole = true;
            if (peek(0) == '.') {
                whole = false;
                at++;
                digits();
            }
            char e = Character.toLowerCase(peek(0));
            boolean sign = peek(1) == '+' || peek(1) == '-';
            if (e == 'e' && isDigit(peek(sign ? 2 : 1))) {
                whole = false;
                at += sign ? 2 : 1;
                digits();
            }
            if (Character.toLowerCase(peek(0)) == 'j') {
                whole = false;
                at++;
            }
            require(!whole || c != '0' || isZero(start), "a number that begins with zeros");
        }
        tokens.add(Tokens.NUMBER, start, at, "");
    }

    private void digits() {
        require(peek(0) != '_', "a number with a gap");
        char before = 0;
        while (at < limit && (isDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            require(text.charAt(at) != '_' || before != '_', "a number with a gap");
            before = text.charAt(at);
            at++;
        }
        require(before != '_', "a number with a gap");
    }

    private boolean isZero(int start) {
        for (int i = start; i < at; i++) {
            if (text.charAt(i) != '0' && text.charAt(i) != '_') {
                return false;
            }
        }
        return true;
    }

    private void operator(int start, int base) {
        for (String operator : OPERATORS[text.charAt(start) & 127]) {
            int end = start + operator.length();
            if (end <= limit && text.startsWith(operator, start)) {
                bracket(operator, base);
                at = end;
                tokens.add(Tokens.OPERATOR, start, end, operator);
                return;
            }
        }
        throw new SyntaxFault("a character that belongs nowhere", start);
    }

    private void bracket(String operator, int base) {
        switch (operator) {
            case "(", "[", "{" -> {
                require(depth < MOST_BRACKETS, "brackets are nested too deep");
                opened[depth] = at;
                brackets[depth++] = operator.charAt(0);
            }
            case ")", "]", "}" -> {
                require(depth > base, "a bracket is closed that was not opened");
                char open = brackets[--depth];
                char close = operator.charAt(0);
                require(
                        (open == '(' && close == ')') || (open == '[' && close == ']') || (open == '{' && close == '}'),
                        "a bracket is closed by another");
            }
            default -> {}
        }
    }

    private char peek(int ahead) {
        return at + ahead < limit ? text.charAt(at + ahead) : 0;
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw new SyntaxFault(message, at);
        }
    }

    private static String[][] byFirst(String... longestFirst) {
        return IntStream.range(0, 128)
                .mapToObj(c -> Arrays.stream(longestFirst)
                        .filter(operator -> operator.charAt(0) == c)
                        .toArray(String[]::new))
                .toArray(String[][]::new);
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
