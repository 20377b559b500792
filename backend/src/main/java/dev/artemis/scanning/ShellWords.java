package dev.artemis.scanning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a shell script into words and operators. What is run to make a word, {@code $(…)}, {@code `…`} and {@code <(…)},
 * stands between two operators, {@link #OPEN} or {@link #OPEN_FILE} and {@link #CLOSE}, also where it is within quotes or
 * a here-document; the word goes on behind it as one of its own.
 */
final class ShellWords {

    static final String OPEN = "$(";
    static final String OPEN_FILE = "<(";
    static final String CLOSE = "$)";

    private static final int MOST_NESTED = 100;

    /** {@code A=1 sudo env bash}: how far a shell stands behind the beginning of its command. */
    private static final int MOST_BEFORE_SHELL = 8;

    private static final Set<String> BEFORE_COMMANDS =
            Set.of("then", "do", "else", "elif", "if", "while", "until", "{", "!", "time");

    /** What a word is for. */
    enum Kind {
        WORD,
        /** Part of it stood in quotes: it is no keyword. */
        QUOTED,
        OPERATOR,
        /** What is written to: {@code > word}. */
        WRITTEN,
        /** What is read: {@code < word}. */
        READ,
        /** What comes as input itself: {@code <<< word}. */
        FED
    }

    /**
     * A word or an operator.
     *
     * @param text with its quotes taken off
     * @param line from 1
     * @param column from 1
     */
    record Word(String text, Kind kind, int line, int column) {

        boolean operator() {
            return kind == Kind.OPERATOR;
        }

        /** Whether it is one of the words of a command, not what a redirection names. */
        boolean isOfCommand() {
            return kind == Kind.WORD || kind == Kind.QUOTED;
        }

        /** Another one in its place. */
        Word saying(String other) {
            return new Word(other, kind, line, column);
        }
    }

    /** Who reads a here-document. */
    private enum Reader {
        SHELL,
        PYTHON,
        /** To whom it is data. */
        OTHER
    }

    /**
     * A place in a script.
     *
     * @param line from 1
     * @param column from 1
     */
    record Place(int line, int column) {}

    /** A here-document that begins on the next line. */
    /** @param command where the words of the command begin that has it */
    private record Awaited(String end, boolean tabs, boolean plain, int command, Place asked) {}

    private final String text;
    private final List<Word> words;
    private List<Awaited> awaited = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private final int nested;
    private boolean inWord;
    private Kind next = Kind.WORD;
    private boolean inQuotes;
    private int wordLine;
    private int wordColumn;
    private int commandStart;
    private int at;
    private int line;
    private int lineStart;
    private @Nullable Place fault;

    private ShellWords(String text, List<Word> words, int line, int nested) {
        this.text = text;
        this.words = words;
        this.line = line;
        this.nested = nested;
        this.commandStart = words.size();
    }

    /**
     * A script.
     *
     * @param fault where a quote, a substitution or a here-document opens that is not closed, or nested too deep; the
     *     innermost of several. Empty where all is read
     */
    record Script(List<Word> words, Optional<Place> fault) {}

    static Script read(String text) {
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            int line = 1 + (int) text.chars().limit(nul).filter(c -> c == '\n').count();
            return new Script(List.of(), Optional.of(new Place(line, nul - text.lastIndexOf('\n', nul))));
        }
        var reader = new ShellWords(text.replace("\r\n", "\n"), new ArrayList<>(), 1, 0);
        reader.all();
        return new Script(reader.words, Optional.ofNullable(reader.fault));
    }

    private boolean all() {
        boolean read = commands('\0', 0);
        endWord();
        // the script may end in the line that asks for documents
        return read;
    }

    private Place here() {
        return new Place(line, at - lineStart + 1);
    }

    /** What opens there has no end: nothing is read any further. What is within it said so before. */
    private boolean notClosed(Place opens) {
        fault = fault == null ? opens : fault;
        return false;
    }

    /** Commands to the character that closes them, which is passed over; NUL: to the end. */
    private boolean commands(char close, int depth) {
        if (depth + nested > MOST_NESTED) {
            return notClosed(here());
        }
        int parentheses = 0;
        int cases = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == close && parentheses == 0) {
                // the word before it may be the end of a case, whose patterns have such a character too
                cases = Math.max(0, cases + casesBegun());
                if (close != ')' || cases == 0) {
                    return true;
                }
            }
            if (c == '\n') {
                cases = Math.max(0, cases + casesBegun());
                operator("\n", 1);
                newLine();
                if (!hereDocuments(close == ')')) {
                    return false;
                }
            } else if (c == ' ' || c == '\t') {
                cases = Math.max(0, cases + casesBegun());
                at++;
            } else if (c == '#' && !inWord) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (";&|()".indexOf(c) >= 0) {
                cases = Math.max(0, cases + casesBegun());
                int arithmetic = startsWith("((") ? endOfArithmetic(at) : 0;
                if (arithmetic > 0) {
                    if (!arithmetic(at + 2, arithmetic, depth)) {
                        return false;
                    }
                    continue;
                }
                // the parenthesis behind a pattern of a case was not opened
                parentheses += c == '(' ? 1 : c == ')' && parentheses > 0 ? -1 : 0;
                String two = text.substring(at, Math.min(text.length(), at + 2));
                boolean pair = two.equals("&&") || two.equals("||") || two.equals(";;") || two.equals("|&");
                operator(pair ? two : String.valueOf(c), pair ? 2 : 1);
            } else if (c == '<' || c == '>') {
                if (!redirection(depth)) {
                    return false;
                }
            } else if (!partOfWord(c, depth)) {
                return false;
            }
        }
        return close == '\0';
    }

    /** One more where "case" begins a command, one less where "esac" does. */
    private int casesBegun() {
        boolean first = words.isEmpty()
                || words.getLast().operator()
                || BEFORE_COMMANDS.contains(words.getLast().text());
        String text = inWord ? word.toString() : "";
        endWord();
        return first && text.equals("case") ? 1 : first && text.equals("esac") ? -1 : 0;
    }

    private boolean partOfWord(char c, int depth) {
        inQuotes |= c == '\'' || c == '"' || c == '\\';
        if (c == '\'') {
            return quoted(at + 1);
        }
        if (c == '"') {
            Place opens = here();
            begin();
            at++;
            return doubleQuoted('"', depth) || notClosed(opens);
        }
        if (c == '\\') {
            escaped();
            return true;
        }
        if (c == '$' && startsWith("$'")) {
            Place opens = here();
            begin();
            at += 2;
            return ansiQuoted() || notClosed(opens);
        }
        if (c == '`' || startsWith("$(")) {
            return substitution(depth);
        }
        append(at, at + 1);
        at++;
        return true;
    }

    private boolean startsWith(String start) {
        return text.startsWith(start, at);
    }

    private boolean quoted(int from) {
        begin();
        int end = text.indexOf('\'', from);
        if (end < 0) {
            return notClosed(here());
        }
        append(from, end);
        at = end + 1;
        return true;
    }

    /** Text with what is run within it, to the closing quote; NUL: to the end. */
    private boolean doubleQuoted(char close, int depth) {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == close) {
                at++;
                return true;
            }
            if (c == '\\' && at + 1 < text.length()) {
                append(at + 1, at + 2);
                at += 2;
            } else if (c == '`' || startsWith("$(")) {
                if (!substitution(depth)) {
                    return false;
                }
                begin();
            } else {
                append(at, at + 1);
                at++;
            }
        }
        return close == '\0';
    }

    /** {@code $'it\'s \x65val'}. */
    private boolean ansiQuoted() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'') {
                at++;
                return true;
            }
            if (c != '\\' || at + 1 == text.length()) {
                append(at, at + 1);
                at++;
                continue;
            }
            char kind = text.charAt(at + 1);
            at += 2;
            switch (kind) {
                case 'x' -> number(16, 2);
                case 'u' -> number(16, 4);
                case 'U' -> number(16, 8);
                case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                    at--;
                    number(8, 3);
                }
                case 'n' -> word.append('\n');
                case 't' -> word.append('\t');
                default -> append(at - 1, at);
            }
        }
        return false;
    }

    private void number(int radix, int most) {
        int point = 0;
        int end = Math.min(text.length(), at + most);
        while (at < end && Character.digit(text.charAt(at), radix) >= 0) {
            point = point * radix + Character.digit(text.charAt(at), radix);
            at++;
        }
        if (Character.isValidCodePoint(point)) {
            word.appendCodePoint(point);
        }
    }

    /** {@code $(…)}, {@code `…`}, or {@code $((…))}, in which only what is run matters. */
    private boolean substitution(int depth) {
        int arithmetic = startsWith("$((") ? endOfArithmetic(at + 1) : 0;
        if (arithmetic > 0) {
            begin();
            return arithmetic(at + 3, arithmetic, depth);
        }
        boolean tick = text.charAt(at) == '`';
        Place opens = here();
        if (tick) {
            return tickWithin(opens, depth);
        }
        inWord &= !word.isEmpty();
        endWord();
        if (next == Kind.FED) {
            // what is made here is the input
            words.add(new Word("", Kind.FED, line, at - lineStart + 1));
        }
        operator(OPEN, 2);
        return commandsWithin(opens, depth);
    }

    /** Commands that a parenthesis closes. Documents that were asked for before begin behind its line. */
    private boolean commandsWithin(Place opens, int depth) {
        List<Awaited> around = awaited;
        awaited = new ArrayList<>();
        if (!commands(')', depth + 1)) {
            return notClosed(opens);
        }
        around.addAll(awaited);
        awaited = around;
        operator(CLOSE, 1);
        return true;
    }

    /** Where it is; -1: nowhere. */
    private int closingTick() {
        int i = at + 1;
        while (i < text.length() && text.charAt(i) != '`') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return i < text.length() ? i : -1;
    }

    /** What stands there is a script in which a backslash is taken off these; bash reads it when it runs it. */
    private boolean tickWithin(Place opens, int depth) {
        int end = closingTick();
        if (end < 0) {
            return notClosed(opens);
        }
        String script = text.substring(at + 1, end).replaceAll("\\\\([`$\\\\])", "$1");
        inWord &= !word.isEmpty();
        endWord();
        if (next == Kind.FED) {
            // what is made here is the input
            words.add(new Word("", Kind.FED, line, at - lineStart + 1));
        }
        operator(OPEN, 1);
        int begin = words.size();
        var inner = new ShellWords(script, words, line, nested + depth + 1);
        inner.lineStart = lineStart - at;
        if (!inner.all()) {
            if (ShellGrammar.fault(script).isEmpty()) {
                return notClosed(inner.fault == null ? opens : inner.fault);
            }
            close(begin);
        }
        while (at < end) {
            if (text.charAt(at++) == '\n') {
                newLine();
            }
        }
        operator(CLOSE, 1);
        return true;
    }

    /** Closes what is open since there: bash runs nothing of what it cannot read. */
    private void close(int begin) {
        int open = 0;
        for (Word one : words.subList(begin, words.size())) {
            String operator = one.operator() ? one.text() : "";
            open += operator.equals(OPEN) || operator.equals(OPEN_FILE) ? 1 : operator.equals(CLOSE) ? -1 : 0;
        }
        for (int i = 0; i < open; i++) {
            words.add(new Word(CLOSE, Kind.OPERATOR, line, at - lineStart + 1));
        }
    }

    /** Passes over what stands between double parentheses, but for what is run there. */
    private boolean arithmetic(int from, int end, int depth) {
        at = from;
        while (at < end) {
            if (text.charAt(at) == '`' || startsWith("$(")) {
                if (!substitution(depth + 1)) {
                    return false;
                }
            } else {
                if (text.charAt(at) == '\n') {
                    at++;
                    newLine();
                } else {
                    at++;
                }
            }
        }
        at = Math.max(at, end + 2);
        return true;
    }

    /** Of the two parentheses that close the two at that place; 0 where those do not stand together. */
    private int endOfArithmetic(int open) {
        int parentheses = 0;
        int last = Math.min(text.length(), open + 4_096);
        for (int i = open; i < last; i++) {
            char c = text.charAt(i);
            if (c == '(' && ++parentheses > MOST_NESTED) {
                return 0;
            }
            if (c == ')' && --parentheses == 1) {
                return i + 1 < text.length() && text.charAt(i + 1) == ')' ? i : 0;
            }
        }
        return 0;
    }

    private boolean redirection(int depth) {
        if (startsWith("<(") || startsWith(">(")) {
            Place opens = here();
            endWord();
            operator(OPEN_FILE, 2);
            return commandsWithin(opens, depth);
        }
        if (startsWith("<<") && !startsWith("<<<")) {
            return hereDocument();
        }
        endWordBeforeRedirection();
        Kind kind = startsWith("<<<") ? Kind.FED : startsWith("<") && !startsWith("<>") ? Kind.READ : Kind.WRITTEN;
        while (at < text.length() && "<>&|".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        next = kind;
        return true;
    }

    /** {@code 2>&1}: a number that stands at a redirection is no word. */
    private void endWordBeforeRedirection() {
        boolean number = inWord && !word.isEmpty() && word.chars().allMatch(c -> c >= '0' && c <= '9');
        if (number && at - lineStart + 1 - wordColumn == word.length()) {
            word.setLength(0);
            inWord = false;
        }
        endWord();
    }

    /** The word behind {@code <<} ends the document; any quote in it makes the document plain text. */
    private boolean hereDocument() {
        endWordBeforeRedirection();
        Place asked = here();
        at += 2;
        boolean tabs = startsWith("-");
        at += tabs ? 1 : 0;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        var end = new StringBuilder();
        boolean plain = false;
        while (at < text.length() && " \t\n;&|()<>".indexOf(text.charAt(at)) < 0) {
            char c = text.charAt(at);
            if (c == '\'' || c == '"') {
                int close = text.indexOf(c, at + 1);
                if (close < 0) {
                    return notClosed(here());
                }
                end.append(text, at + 1, close);
                at = close + 1;
                plain = true;
            } else if (c == '\\' && at + 1 < text.length()) {
                end.append(text.charAt(at + 1));
                at += 2;
                plain = true;
            } else {
                end.append(c);
                at++;
            }
        }
        if (end.isEmpty() && !plain) {
            return notClosed(asked);
        }
        awaited.add(new Awaited(end.toString(), tabs, plain, commandStart, asked));
        return true;
    }

    /** Whether the command that begins there would run a document, or hands it on through a pipe to one that does. */
    private Reader reader(int from) {
        int begin = from;
        for (int pipes = 0; pipes < MOST_BEFORE_SHELL; pipes++) {
            int end = begin;
            while (end < words.size() && !words.get(end).operator()) {
                end++;
            }
            var command = new ShellCommand(
                    words.subList(begin, end).stream().filter(Word::isOfCommand).toList());
            Reader reader = reader(command);
            boolean handedOn = end < words.size()
                    && words.get(end).text().equals("|")
                    && command.name().equals("cat");
            if (reader != Reader.OTHER || !handedOn) {
                return reader;
            }
            begin = end + 1;
        }
        return Reader.OTHER;
    }

    private static Reader reader(ShellCommand command) {
        int last = Math.min(command.words().size(), MOST_BEFORE_SHELL);
        for (int i = 0; i < last; i++) {
            String name = ShellNames.base(command.words().get(i).text());
            if (ShellNames.SHELLS.contains(name)) {
                return Reader.SHELL;
            }
        }
        return ShellNames.PYTHON.matcher(command.name()).matches() && command.runsItsInput()
                ? Reader.PYTHON
                : Reader.OTHER;
    }

    /** @param closes whether a parenthesis may stand behind the end of one, which ends the commands around it */
    private boolean hereDocuments(boolean closes) {
        int command = -1;
        Reader reader = Reader.OTHER;
        for (Awaited document : List.copyOf(awaited)) {
            int begin = at;
            int beginLine = line;
            int end = -1;
            boolean joined = false;
            while (at < text.length() && end < 0) {
                int stop = text.indexOf('\n', at);
                int lineEnd = stop < 0 ? text.length() : stop;
                int from = at;
                while (document.tabs() && from < lineEnd && text.charAt(from) == '\t') {
                    from++;
                }
                boolean found = lineEnd - from == document.end().length() && text.startsWith(document.end(), from);
                int behind = from + document.end().length();
                boolean closed = closes
                        && behind < lineEnd
                        && text.charAt(behind) == ')'
                        && text.startsWith(document.end(), from);
                end = (found || closed) && !joined ? at : -1;
                joined = !document.plain() && isJoined(lineEnd);
                if (closed && end >= 0) {
                    at = behind;
                } else {
                    at = stop < 0 ? text.length() : stop + 1;
                    newLine();
                }
            }
            // the script may end before it does
            end = end < 0 ? text.length() : end;
            // a command may have many
            reader = document.command() == command ? reader : reader(document.command());
            command = document.command();
            boolean commands = reader == Reader.SHELL;
            if (commands || !document.plain()) {
                String body = text.substring(begin, end);
                int first = words.size();
                var inner = new ShellWords(body, words, beginLine, nested + 1);
                if (!(commands ? inner.all() : inner.quotedAll())) {
                    if (commands || !ShellGrammar.isUnclosed(body)) {
                        return notClosed(inner.fault == null ? document.asked() : inner.fault);
                    }
                    close(first);
                }
                words.add(new Word("\n", Kind.OPERATOR, line, 1));
            }
            if (reader == Reader.PYTHON && end > begin) {
                String code = text.substring(begin, end);
                words.add(new Word("python3", Kind.WORD, beginLine, 1));
                words.add(new Word(document.tabs() ? code.replaceAll("(?m)^\t+", "") : code, Kind.FED, beginLine, 0));
                words.add(new Word("\n", Kind.OPERATOR, line, 1));
            }
        }
        awaited.clear();
        return true;
    }

    /** Whether a backslash joins the next line to the one that ends there. */
    private boolean isJoined(int lineEnd) {
        int from = lineEnd;
        while (from > at && text.charAt(from - 1) == '\\') {
            from--;
        }
        return (lineEnd - from) % 2 == 1;
    }

    private boolean quotedAll() {
        if (nested > MOST_NESTED) {
            return false;
        }
        boolean read = doubleQuoted('\0', 0);
        word.setLength(0);
        inWord = false;
        return read;
    }

    private void escaped() {
        if (at + 1 < text.length() && text.charAt(at + 1) == '\n') {
            at += 2;
            newLine();
        } else {
            if (at + 1 < text.length()) {
                append(at + 1, at + 2);
            }
            at += 2;
        }
    }

    private void append(int from, int to) {
        begin();
        for (int i = from; i < to; i++) {
            word.append(text.charAt(i));
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
    }

    private void begin() {
        if (!inWord) {
            inWord = true;
            wordLine = line;
            wordColumn = at - lineStart + 1;
        }
    }

    private void endWord() {
        if (inWord) {
            Kind kind = next == Kind.WORD && inQuotes ? Kind.QUOTED : next;
            words.add(new Word(word.toString(), kind, wordLine, wordColumn));
            next = Kind.WORD;
            inQuotes = false;
            word.setLength(0);
            inWord = false;
        }
    }

    private void operator(String operator, int length) {
        words.add(new Word(operator, Kind.OPERATOR, line, at - lineStart + 1));
        next = Kind.WORD;
        commandStart = words.size();
        at += length;
    }

    private void newLine() {
        line++;
        lineStart = at;
    }
}
