package dev.artemis.scanning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Cuts a script as bash does, as far as its grammar asks: what stands in quotes and braces is only passed over, commands
 * in {@code $(…)} and {@code <(…)} are read by the grammar, those in backticks are not, since bash reads them when it runs.
 */
final class ShellTokens {

    enum Kind {
        END,
        NEWLINE,
        OPERATOR,
        /** What stands before the sign of a redirection: {@code 2>}. */
        NUMBER,
        WORD,
        /** {@code ((…))}. */
        ARITHMETIC
    }

    /** What the next word may be, by what stands before it. */
    enum Next {
        /** A keyword, an assignment, a command. */
        COMMAND,
        /** An assignment or a command. */
        ASSIGNMENT,
        /** Any other. */
        ARGUMENT,
        /** Within {@code [[ … ]]}. */
        TEST,
        /** Within it, to compare with. */
        PATTERN,
        /** Within it, to be matched: parentheses and bars belong to it. */
        EXPRESSION
    }

    /** Not a script: what opens or stands there. */
    static final class Fault extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final int at;

        Fault(int at) {
            super(null, null, false, false);
            this.at = at;
        }

        int at() {
            return at;
        }
    }

    private record Document(String end, boolean tabs, boolean plain) {}

    private static final int MOST_NESTED = 100;

    /** So often the rest of the script is looked through for the end of what may be arithmetic. */
    private static final int MOST_UNCLOSED = 20;

    private static final int NOT_ARITHMETIC = -1;

    /** No keyword is longer. */
    private static final int LONGEST_KEYWORD = 8;

    /** The longest first. */
    private static final List<String> OPERATORS = List.of(
            "&>>", ";;&", "<<<", "<<-", "&&", "||", ";;", ";&", "|&", "&>", "<<", ">>", "<&", ">&", "<>", ">|", ";",
            "&", "|", "(", ")", "<", ">");

    private static final Set<Character> EXTENDED = Set.of('?', '*', '+', '@', '!');

    private final String text;
    /** Reads commands to the parenthesis that closes them, the last token read. */
    private final Runnable commands;

    private final boolean extended;
    private final StringBuilder start = new StringBuilder();
    private List<Document> documents = new ArrayList<>();
    /** Where what may be arithmetic begins, and behind its end; {@link #NOT_ARITHMETIC}: two subshells. */
    private final Map<Integer, Integer> arithmetic = new HashMap<>();

    private Kind kind = Kind.NEWLINE;
    private String word = "";
    private int begin;
    private int at;
    private int nested;
    private int running;
    private int unclosed;
    private boolean plain;
    private boolean keywords;
    private boolean assigned;

    ShellTokens(String text, Runnable commands) {
        this.text = text;
        this.commands = commands;
        // it may be switched on by then
        this.extended = text.contains("extglob");
    }

    Kind kind() {
        return kind;
    }

    /** An operator, or a word that could be a keyword; "" for others. */
    String word() {
        return word;
    }

    int begin() {
        return begin;
    }

    boolean is(String operator) {
        return kind == Kind.OPERATOR && word.equals(operator);
    }

    /** Whether it is that word, without quotes. */
    boolean isWord(String other) {
        return kind == Kind.WORD && word.equals(other);
    }

    /** Whether it is that word where a keyword may stand. */
    boolean isKeyword(String keyword) {
        return keywords && isWord(keyword);
    }

    /** The word, where it may be a keyword; "" otherwise. */
    String keyword() {
        return keywords && kind == Kind.WORD ? word : "";
    }

    /** Whether it is a word that gives a name a value. */
    boolean isAssignment() {
        return kind == Kind.WORD && assigned;
    }

    /** The text of the token, as it stands. */
    String raw() {
        return text.substring(begin, at);
    }

    Fault fault() {
        return new Fault(Math.min(begin, text.length()));
    }

    /** Goes to the next token. */
    void advance(Next next) {
        if (kind == Kind.NEWLINE && !documents.isEmpty()) {
            documents();
        }
        skipBlanks();
        begin = at;
        word = "";
        keywords = next == Next.COMMAND;
        if (at >= text.length()) {
            kind = Kind.END;
            return;
        }
        char c = text.charAt(at);
        if (c == '\n') {
            at++;
            kind = Kind.NEWLINE;
        } else if (next == Next.COMMAND && text.startsWith("((", at) && isArithmetic(at)) {
            kind = Kind.ARITHMETIC;
        } else if (isMeta(c) && !beginsProcess(at) && !(next == Next.EXPRESSION && isOfExpression(c))) {
            operator();
        } else {
            word(next);
            boolean tests = next == Next.TEST || next == Next.PATTERN || next == Next.EXPRESSION;
            boolean redirects = !tests && at < text.length();
            if (redirects && "<>".indexOf(text.charAt(at)) >= 0 && isNumber(begin, at)) {
                kind = Kind.NUMBER;
            }
        }
    }

    private void operator() {
        kind = Kind.OPERATOR;
        for (String operator : OPERATORS) {
            int end = behind(operator);
            if (end >= 0) {
                word = operator;
                at = end;
                return;
            }
        }
        throw fault();
    }

    /** Behind an operator that begins here, in which a line may go on; -1: it does not. */
    private int behind(String operator) {
        int i = at;
        for (int n = 0; n < operator.length(); n++) {
            while (n > 0 && text.startsWith("\\\n", i)) {
                i += 2;
            }
            if (i >= text.length() || text.charAt(i) != operator.charAt(n)) {
                return -1;
            }
            i++;
        }
        return i;
    }

    /** {@code 2>}, {@code {name}>}. */
    private boolean isNumber(int from, int to) {
        boolean braces = text.charAt(from) == '{' && text.charAt(to - 1) == '}' && to - from > 2;
        for (int i = braces ? from + 1 : from; i < (braces ? to - 1 : to); i++) {
            char c = text.charAt(i);
            boolean fits = braces ? Character.isLetterOrDigit(c) || c == '_' : c >= '0' && c <= '9';
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private void skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t') {
                at++;
            } else if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
                at += 2;
            } else if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else {
                return;
            }
        }
    }

    private static boolean isMeta(char c) {
        return " \t\n;&|()<>".indexOf(c) >= 0;
    }

    private static boolean isOfExpression(char c) {
        return c == '(' || c == '|';
    }

    private boolean beginsProcess(int i) {
        return text.startsWith("<(", i) || text.startsWith(">(", i);
    }

    private void word(Next next) {
        kind = Kind.WORD;
        plain = true;
        assigned = false;
        boolean assigns = next == Next.COMMAND || next == Next.ASSIGNMENT;
        int nameEnd = assigns ? nameEnd() : begin;
        start.setLength(0);
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
                at += 2;
                continue;
            }
            if (c == '('
                    && at > begin
                    && (extended || next == Next.PATTERN)
                    && EXTENDED.contains(text.charAt(at - 1))) {
                plain = false;
                at = pair(at + 1, '(', ')', at);
                continue;
            }
            if (c == '(' && assigns && at > begin && text.charAt(at - 1) == '=' && isName(nameEnd, at - 1)) {
                plain = false;
                list();
                continue;
            }
            if (isMeta(c) && !beginsProcess(at)) {
                if (next == Next.EXPRESSION && isOfExpression(c)) {
                    plain = false;
                    at = c == '(' ? pair(at + 1, '(', ')', at) : at + 1;
                    continue;
                }
                break;
            }
            if (c == '[' && assigns && at > begin && text.charAt(at - 1) != ']' && isName(nameEnd, at)) {
                plain = false;
                at = pair(at + 1, '[', ']', at);
                continue;
            }
            assigned |= c == '=' && assigns && isName(nameEnd, at);
            if (!quoted(c)) {
                if (start.length() <= LONGEST_KEYWORD) {
                    start.append(c);
                }
                at++;
            }
        }
        word = plain && start.length() <= LONGEST_KEYWORD ? start.toString() : "";
    }

    /** Behind the name that the token begins with; where it begins: it does not. */
    private int nameEnd() {
        int i = begin;
        while (i < text.length() && (Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '_')) {
            i++;
        }
        return Character.isDigit(text.charAt(begin)) ? begin : i;
    }

    /** Whether the token is a name as far as that, with an item or a plus behind it or without. */
    private boolean isName(int nameEnd, int to) {
        if (nameEnd == begin) {
            return false;
        }
        int i = Math.min(nameEnd, to);
        boolean item = i < to && text.charAt(i) == '[' && (text.charAt(to - 1) == ']' || text.startsWith("]+", to - 2));
        return item || i == to || (i == to - 1 && text.charAt(i) == '+');
    }

    /** {@code (a b c)} behind {@code name=}. */
    private void list() {
        int opened = at++;
        while (true) {
            skipBlanks();
            if (at >= text.length()) {
                throw new Fault(opened);
            }
            char c = text.charAt(at);
            if (c == '\n') {
                at++;
            } else if (c == ')') {
                at++;
                return;
            } else if (isMeta(c) && !beginsProcess(at)) {
                throw new Fault(at);
            } else {
                item();
            }
        }
    }

    private void item() {
        if (text.charAt(at) == '[') {
            at = pair(at + 1, '[', ']', at);
        }
        while (at < text.length() && (!isMeta(text.charAt(at)) || beginsProcess(at))) {
            if (!quoted(text.charAt(at))) {
                at++;
            }
        }
    }

    /** Passes over what is quoted, expanded or run there; false where nothing is. */
    private boolean quoted(char c) {
        switch (c) {
            case '\\' -> at = Math.min(text.length(), at + 2);
            case '\'' -> {
                int end = text.indexOf('\'', at + 1);
                if (end < 0) {
                    throw new Fault(at);
                }
                at = end + 1;
            }
            case '"' -> at = pair(at + 1, '"', '"', at);
            case '`' -> at = pair(at + 1, '`', '`', at);
            case '<', '>' -> {
                at++;
                run();
            }
            case '$' -> {
                char behind = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
                switch (behind) {
                    case '(', '{', '[' -> {
                        at++;
                        expansion(behind);
                    }
                    case '\'' -> at = escaped(at + 2, at);
                    case '"' -> at = pair(at + 2, '"', '"', at + 1);
                    case '$' -> at += 2;
                    default -> {
                        at++;
                        plain = false;
                        return true;
                    }
                }
            }
            default -> {
                return false;
            }
        }
        plain = false;
        return true;
    }

    /** What stands behind a dollar sign, from its bracket on. */
    private void expansion(char open) {
        switch (open) {
            case '(' -> {
                if (text.startsWith("((", at)) {
                    at = pair(at + 1, '(', ')', at);
                } else {
                    run();
                }
            }
            case '{' -> at = pair(at + 1, '{', '}', at);
            default -> at = pair(at + 1, '[', ']', at);
        }
    }

    /** {@code $'…'}. */
    private int escaped(int from, int opened) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '\'') {
                return i + 1;
            }
        }
        throw new Fault(opened);
    }

    /** Commands in parentheses, of which the first is next. */
    private void run() {
        int opened = at;
        deeper(opened, () -> {
            List<Document> around = documents;
            Kind kindAround = kind;
            String wordAround = word;
            int beginAround = begin;
            boolean plainAround = plain;
            boolean assignedAround = assigned;
            documents = new ArrayList<>();
            kind = Kind.OPERATOR;
            at = opened + 1;
            running++;
            try {
                commands.run();
                // those that are asked for in the last line begin behind this one
                around.addAll(documents);
            } finally {
                running--;
                documents = around;
                kind = kindAround;
                word = wordAround;
                begin = beginAround;
                plain = plainAround;
                assigned = assignedAround;
            }
            return at;
        });
    }

    private int deeper(int opened, Supplier<Integer> work) {
        if (nested >= MOST_NESTED) {
            throw new Fault(opened);
        }
        nested++;
        try {
            return work.get();
        } finally {
            nested--;
        }
    }

    /**
     * Behind the character that closes what opens; quotes and expansions within are passed over.
     *
     * @throws Fault there is none
     */
    private int pair(int from, char open, char close, int opened) {
        return deeper(opened, () -> {
            int before = at;
            int end = closed(from, open, close, opened);
            at = before;
            return end;
        });
    }

    private int closed(int from, char open, char close, int opened) {
        int count = 1;
        boolean quotes = open != close;
        at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\') {
                at += 2;
            } else if (c == close) {
                at++;
                if (--count == 0) {
                    return at;
                }
            } else if (c == open && open != '{') {
                count++;
                at++;
            } else if (quotes && (c == '\'' || c == '"' || c == '`')) {
                quoted(c);
            } else if (c == '`' && open == '"') {
                quoted(c);
            } else if (c == '$' && open != '`' && at + 1 < text.length()) {
                char behind = text.charAt(at + 1);
                if ("({[$".indexOf(behind) >= 0 || (quotes && behind == '\'')) {
                    quoted(c);
                } else {
                    at++;
                }
            } else {
                at++;
            }
        }
        throw new Fault(opened);
    }

    /** Two parentheses that two close, which stand together. */
    private boolean isArithmetic(int from) {
        // what is not is read again, and all within it
        Integer known = arithmetic.get(from);
        int end = known == null ? arithmeticEnd(from) : known;
        arithmetic.put(from, end);
        at = end == NOT_ARITHMETIC ? from : end;
        return end != NOT_ARITHMETIC;
    }

    private int arithmeticEnd(int from) {
        if (unclosed > MOST_UNCLOSED) {
            return NOT_ARITHMETIC;
        }
        try {
            int end = pair(from + 2, '(', ')', from);
            return text.startsWith(")", end) ? end + 1 : NOT_ARITHMETIC;
        } catch (Fault e) {
            // two subshells then
            unclosed++;
            return NOT_ARITHMETIC;
        }
    }

    /**
     * Passes over the whole text as one that is expanded, a here-document.
     *
     * @throws Fault something opens that is not closed
     */
    void expand() {
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean opens = c == '$' && at + 1 < text.length() && "({[$".indexOf(text.charAt(at + 1)) >= 0;
            if (!(c == '\\' || c == '`' || opens) || !quoted(c)) {
                at++;
            }
        }
    }

    /** A here-document is asked for, whose end is the token. */
    void document(String sign) {
        String raw = raw();
        boolean quotes = raw.chars().anyMatch(c -> c == '\'' || c == '"' || c == '\\');
        documents.add(new Document(quotes ? unquoted(raw) : raw, sign.equals("<<-"), quotes));
    }

    private static String unquoted(String raw) {
        var out = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < raw.length()) {
                i++;
                if (raw.charAt(i) != '\n') {
                    out.append(raw.charAt(i));
                }
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** Bodies of here-documents; the last may end with the script. */
    private void documents() {
        for (Document document : documents) {
            boolean ended = false;
            while (at < text.length() && !ended) {
                int from = at;
                int end = lineEnd(document.plain());
                while (document.tabs() && from < end && text.charAt(from) == '\t') {
                    from++;
                }
                int behind = from + document.end().length();
                boolean begins = text.startsWith(document.end(), from) && behind <= end;
                // the parenthesis that ends the commands may stand behind the end
                boolean closed = begins && running > 0 && behind < end && text.charAt(behind) == ')';
                ended = closed || (begins && behind == end);
                at = closed ? behind : Math.min(text.length(), end + 1);
            }
        }
        documents.clear();
    }

    /** Where the line ends that begins; in a document that is expanded, a backslash joins the next to it. */
    private int lineEnd(boolean asItIs) {
        int end = text.indexOf('\n', at);
        while (!asItIs && end >= 0 && isJoined(end)) {
            end = text.indexOf('\n', end + 1);
        }
        return end < 0 ? text.length() : end;
    }

    private boolean isJoined(int end) {
        int i = end;
        while (i > at && text.charAt(i - 1) == '\\') {
            i--;
        }
        return (end - i) % 2 == 1;
    }
}
