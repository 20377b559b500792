package dev.artemis.scanning;

import dev.artemis.scanning.ShellTokens.Kind;
import dev.artemis.scanning.ShellTokens.Next;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether bash takes a script, as {@code bash -n} tells: recursive descent over its grammar, of which nothing is kept.
 * Where a setting that the script makes while it runs can change the grammar, nothing is said.
 */
final class ShellGrammar {

    private static final int MOST_NESTED = 200;

    /** With these a script can make keywords of other words while it runs. */
    private static final Pattern CHANGING = Pattern.compile("expand_aliases|-o\\s+posix|POSIXLY_CORRECT");

    /** What ends a list of commands. */
    private static final Set<String> CLOSING = Set.of("then", "elif", "else", "fi", "do", "done", "esac", "}");

    private static final Set<String> COMPOUND =
            Set.of("if", "while", "until", "for", "select", "case", "{", "[[", "function");

    /** Builtins whose arguments are assignments. */
    private static final Set<String> ASSIGNING =
            Set.of("alias", "declare", "typeset", "export", "readonly", "local", "eval", "let");

    private static final Set<String> REDIRECTIONS =
            Set.of("<", ">", "<<", "<<-", "<<<", ">>", "<&", ">&", "<>", ">|", "&>", "&>>");

    private static final Set<String> COMPARING =
            Set.of("=", "==", "!=", "=~", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef");

    private static final Set<String> NOT_OF_COPROC = Set.of("in", "]]", "!", "coproc", "function");

    private final ShellTokens in;
    private int nested;
    /** Where the commands of the last substitution begin; -1: there was none. */
    private int opening = -1;

    private ShellGrammar(String text) {
        this.in = new ShellTokens(text, this::substituted);
    }

    /** What bash does not take, and where; empty: it takes it all. */
    static Optional<ShellWords.Place> fault(String text) {
        if (CHANGING.matcher(text).find()) {
            return Optional.empty();
        }
        try {
            var grammar = new ShellGrammar(text);
            grammar.in.advance(Next.COMMAND);
            grammar.list();
            if (grammar.in.kind() != Kind.END) {
                throw grammar.in.fault();
            }
            return Optional.empty();
        } catch (ShellTokens.Fault e) {
            int lineStart = text.lastIndexOf('\n', e.at() - 1) + 1;
            int line = 1
                    + (int) text.substring(0, lineStart)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            return Optional.of(new ShellWords.Place(line, e.at() - lineStart + 1));
        }
    }

    /** Whether something opens in a text that is expanded, as a here-document is, and is not closed within it. */
    static boolean isUnclosed(String text) {
        try {
            new ShellGrammar(text).in.expand();
            return false;
        } catch (ShellTokens.Fault e) {
            return true;
        }
    }

    /** Commands behind {@code $(}, to the parenthesis that closes them. */
    private void substituted() {
        int around = nested;
        try {
            in.advance(Next.COMMAND);
            opening = in.begin();
            list();
            require(in.is(")"));
        } finally {
            nested = around;
        }
    }

    private void require(boolean condition) {
        if (!condition) {
            throw in.fault();
        }
    }

    private void newLines(Next next) {
        while (in.kind() == Kind.NEWLINE) {
            in.advance(next);
        }
    }

    /** Commands to what ends them. @return whether there is any */
    private boolean list() {
        newLines(Next.COMMAND);
        boolean any = false;
        while (!endsList()) {
            chain();
            any = true;
            if (in.is(";") || in.is("&")) {
                in.advance(Next.COMMAND);
            } else if (in.kind() != Kind.NEWLINE) {
                break;
            }
            newLines(Next.COMMAND);
        }
        return any;
    }

    private boolean endsList() {
        return switch (in.kind()) {
            case END -> true;
            case OPERATOR -> in.is(")") || in.word().startsWith(";;") || in.is(";&");
            case WORD -> CLOSING.contains(in.keyword());
            case NEWLINE, NUMBER, ARITHMETIC -> false;
        };
    }

    private void commands() {
        require(list());
    }

    private void chain() {
        pipeline();
        while (in.is("&&") || in.is("||")) {
            in.advance(Next.COMMAND);
            newLines(Next.COMMAND);
            pipeline();
        }
    }

    private void pipeline() {
        if (in.isKeyword("time") && in.begin() == opening) {
            // bash takes it for a command there, and what follows for its arguments
            simple(Next.ARGUMENT);
        } else if (!prefixes()) {
            command();
        }
        while (in.is("|") || in.is("|&")) {
            in.advance(Next.COMMAND);
            newLines(Next.COMMAND);
            require(!in.isKeyword("!"));
            command();
        }
    }

    /** What may stand before a command; true where none follows, and none needs to. */
    private boolean prefixes() {
        boolean any = false;
        while (in.isKeyword("!") || in.isKeyword("time")) {
            boolean time = in.isKeyword("time");
            any = true;
            in.advance(Next.COMMAND);
            if (time && in.isWord("-p")) {
                in.advance(Next.COMMAND);
            }
        }
        return any && (in.kind() == Kind.NEWLINE || in.kind() == Kind.END || in.is(";"));
    }

    private void command() {
        if (in.isKeyword("coproc")) {
            in.advance(Next.COMMAND);
            ofCoproc();
            if (!compound()) {
                simple(Next.COMMAND);
            }
        } else if (!compound()) {
            require(!CLOSING.contains(in.keyword()) && !in.isKeyword("in") && !in.isKeyword("]]"));
            simple(Next.ARGUMENT);
        }
    }

    /** Neither behind that word nor behind the name that it gives may any keyword stand. */
    private void ofCoproc() {
        require(!CLOSING.contains(in.keyword()) && !NOT_OF_COPROC.contains(in.keyword()));
    }

    /** A compound command with its redirections; false where none begins. */
    private boolean compound() {
        boolean begins = in.kind() == Kind.ARITHMETIC || in.is("(") || COMPOUND.contains(in.keyword());
        if (!begins) {
            return false;
        }
        if (++nested > MOST_NESTED) {
            throw in.fault();
        }
        if (in.kind() == Kind.ARITHMETIC) {
            in.advance(Next.COMMAND);
        } else {
            switch (in.word()) {
                case "(" -> {
                    in.advance(Next.COMMAND);
                    commands();
                    close(")");
                }
                case "{" -> {
                    in.advance(Next.COMMAND);
                    commands();
                    end("}");
                }
                case "if" -> condition();
                case "while", "until" -> {
                    in.advance(Next.COMMAND);
                    commands();
                    body();
                }
                case "for", "select" -> loop();
                case "case" -> choice();
                case "[[" -> test();
                default -> function();
            }
        }
        while (redirection(Next.ARGUMENT)) {
            // any number of them
        }
        nested--;
        return true;
    }

    private void close(String operator) {
        require(in.is(operator));
        in.advance(Next.COMMAND);
    }

    private void end(String keyword) {
        require(in.isKeyword(keyword));
        in.advance(Next.COMMAND);
    }

    private void condition() {
        in.advance(Next.COMMAND);
        commands();
        end("then");
        commands();
        while (in.isKeyword("elif")) {
            in.advance(Next.COMMAND);
            commands();
            end("then");
            commands();
        }
        if (in.isKeyword("else")) {
            in.advance(Next.COMMAND);
            commands();
        }
        end("fi");
    }

    private void body() {
        end("do");
        commands();
        end("done");
    }

    /** The body of a loop over words may stand in braces too. */
    private void bodyOrBraces() {
        if (in.isKeyword("{")) {
            in.advance(Next.COMMAND);
            commands();
            end("}");
        } else {
            body();
        }
    }

    private void loop() {
        boolean counts = in.isKeyword("for");
        in.advance(counts ? Next.COMMAND : Next.ARGUMENT);
        if (counts && in.kind() == Kind.ARITHMETIC) {
            require(hasThreeParts(in.raw()));
            in.advance(Next.COMMAND);
            if (in.is(";")) {
                in.advance(Next.COMMAND);
            }
            newLines(Next.COMMAND);
            bodyOrBraces();
            return;
        }
        require(in.kind() == Kind.WORD);
        in.advance(Next.COMMAND);
        if (in.is(";")) {
            in.advance(Next.COMMAND);
            newLines(Next.COMMAND);
            bodyOrBraces();
            return;
        }
        newLines(Next.COMMAND);
        if (in.isWord("in")) {
            in.advance(Next.ARGUMENT);
            while (in.kind() == Kind.WORD) {
                in.advance(Next.ARGUMENT);
            }
            require(in.is(";") || in.kind() == Kind.NEWLINE);
            in.advance(Next.COMMAND);
            newLines(Next.COMMAND);
        }
        bodyOrBraces();
    }

    /** {@code ((first; while; next))}; what is quoted or expanded in it may have any number of semicolons. */
    private static boolean hasThreeParts(String arithmetic) {
        boolean plain = arithmetic.chars().noneMatch(c -> "'\"`\\$".indexOf(c) >= 0);
        return !plain || arithmetic.chars().filter(c -> c == ';').count() == 2;
    }

    private void choice() {
        in.advance(Next.ARGUMENT);
        require(in.kind() == Kind.WORD);
        in.advance(Next.ARGUMENT);
        newLines(Next.ARGUMENT);
        require(in.isWord("in"));
        in.advance(Next.ARGUMENT);
        newLines(Next.ARGUMENT);
        while (!in.isWord("esac")) {
            if (in.is("(")) {
                in.advance(Next.ARGUMENT);
            }
            pattern();
            list();
            if (in.is(";;") || in.is(";&") || in.is(";;&")) {
                in.advance(Next.ARGUMENT);
                newLines(Next.ARGUMENT);
            } else {
                require(in.isWord("esac"));
            }
        }
        in.advance(Next.COMMAND);
    }

    private void pattern() {
        require(in.kind() == Kind.WORD);
        in.advance(Next.ARGUMENT);
        while (in.is("|")) {
            in.advance(Next.ARGUMENT);
            require(in.kind() == Kind.WORD);
            in.advance(Next.ARGUMENT);
        }
        close(")");
    }

    private void function() {
        in.advance(Next.ARGUMENT);
        require(in.kind() == Kind.WORD);
        in.advance(Next.COMMAND);
        if (in.is("(")) {
            in.advance(Next.COMMAND);
            if (in.is(")")) {
                in.advance(Next.COMMAND);
            } else {
                // a subshell is its body
                commands();
                close(")");
                return;
            }
        }
        newLines(Next.COMMAND);
        require(!in.isKeyword("function") && compound());
    }

    private void simple(Next behindFirst) {
        boolean any = false;
        boolean begun = false;
        Next next = Next.ASSIGNMENT;
        while (true) {
            if (redirection(begun ? next : Next.ASSIGNMENT)) {
                any = true;
            } else if (in.kind() == Kind.WORD) {
                boolean first = !any;
                any = true;
                if (begun || in.isAssignment()) {
                    in.advance(next);
                } else {
                    begun = true;
                    next = ASSIGNING.contains(in.word()) ? Next.ASSIGNMENT : Next.ARGUMENT;
                    in.advance(behindFirst == Next.COMMAND ? behindFirst : next);
                    if (first && behindFirst != Next.COMMAND && in.is("(")) {
                        in.advance(Next.COMMAND);
                        close(")");
                        newLines(Next.COMMAND);
                        require(!in.isKeyword("function") && compound());
                        return;
                    }
                    if (first && behindFirst == Next.COMMAND) {
                        ofCoproc();
                        if (compound()) {
                            return;
                        }
                    }
                }
            } else {
                require(any && !in.is("(") && in.kind() != Kind.ARITHMETIC);
                return;
            }
        }
    }

    private boolean redirection(Next next) {
        boolean number = in.kind() == Kind.NUMBER;
        if (number) {
            in.advance(Next.ARGUMENT);
        }
        if (in.kind() != Kind.OPERATOR || !REDIRECTIONS.contains(in.word())) {
            require(!number);
            return false;
        }
        String sign = in.word();
        in.advance(Next.ARGUMENT);
        require(in.kind() == Kind.WORD || in.kind() == Kind.NUMBER);
        if (sign.equals("<<") || sign.equals("<<-")) {
            in.document(sign);
        }
        in.advance(next);
        return true;
    }

    private void test() {
        in.advance(Next.TEST);
        any();
        newLines(Next.TEST);
        require(in.isWord("]]"));
        in.advance(Next.COMMAND);
    }

    private void any() {
        if (++nested > MOST_NESTED) {
            throw in.fault();
        }
        term();
        newLines(Next.TEST);
        while (in.is("&&") || in.is("||")) {
            in.advance(Next.TEST);
            term();
            newLines(Next.TEST);
        }
        nested--;
    }

    private void term() {
        newLines(Next.TEST);
        while (in.isWord("!")) {
            in.advance(Next.TEST);
            newLines(Next.TEST);
        }
        if (in.is("(")) {
            in.advance(Next.TEST);
            any();
            require(in.is(")"));
            in.advance(Next.TEST);
            return;
        }
        require(in.kind() == Kind.WORD && !in.isWord("]]"));
        if (isUnary()) {
            in.advance(Next.TEST);
            require(in.kind() == Kind.WORD && !in.isWord("]]"));
            in.advance(Next.TEST);
            return;
        }
        in.advance(Next.TEST);
        if (in.is("<") || in.is(">") || (in.kind() == Kind.WORD && COMPARING.contains(in.word()))) {
            in.advance(in.isWord("=~") ? Next.EXPRESSION : Next.PATTERN);
            require(in.kind() == Kind.WORD);
            in.advance(Next.TEST);
        } else {
            require(in.isWord("]]") || in.is("&&") || in.is("||") || in.is(")"));
        }
    }

    private boolean isUnary() {
        String word = in.word();
        return word.length() == 2 && word.charAt(0) == '-' && "abcdefghknoprstuvwxzGLNORS".indexOf(word.charAt(1)) >= 0;
    }
}
