package dev.artemis.scanning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a shell script into words and operators. What stands in $( ) or ` ` is cut too, as commands of their own. */
final class ShellWords {

    private static final Pattern HERE = Pattern.compile("<<-?\\s*(['\"\\\\]?)([A-Za-z_]\\w*)\\1");

    /**
     * A word or an operator.
     *
     * @param text with its quotes taken off
     * @param line from 1
     * @param column from 1
     */
    record Word(String text, boolean operator, int line, int column) {}

    private final String text;
    private final List<Word> words = new ArrayList<>();
    private final List<String> awaited = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int wordLine;
    private int wordColumn;
    private int at;
    private int line = 1;
    private int lineStart;

    private ShellWords(String text) {
        this.text = text;
    }

    /** Empty where a quote or a here-document is not closed. */
    static Optional<List<Word>> read(String text) {
        if (text.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        var reader = new ShellWords(text.replace("\r\n", "\n"));
        return reader.read() ? Optional.of(reader.words) : Optional.empty();
    }

    private boolean read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                endWord();
                operator("\n", 1);
                newLine();
                if (!skipHereDocuments()) {
                    return false;
                }
            } else if (c == ' ' || c == '\t') {
                endWord();
                at++;
            } else if (c == '#' && !inWord) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == '\'') {
                int end = text.indexOf('\'', at + 1);
                if (end < 0) {
                    return false;
                }
                append(at + 1, end);
                at = end + 1;
            } else if (c == '"') {
                if (!doubleQuoted()) {
                    return false;
                }
            } else if (c == '\\') {
                escaped();
            } else if (c == '`' || (c == '$' && at + 1 < text.length() && text.charAt(at + 1) == '(')) {
                // a command within: begins as any other
                boolean wasInWord = inWord;
                endWord();
                operator(c == '`' ? "`" : "$(", c == '`' ? 1 : 2);
                if (wasInWord) {
                    inWord = false;
                }
            } else if (";&|()".indexOf(c) >= 0) {
                endWord();
                String two = text.substring(at, Math.min(text.length(), at + 2));
                boolean pair = two.equals("&&") || two.equals("||") || two.equals(";;") || two.equals("|&");
                operator(pair ? two : String.valueOf(c), pair ? 2 : 1);
            } else if (c == '<' || c == '>') {
                redirection();
            } else {
                append(at, at + 1);
                at++;
            }
        }
        endWord();
        return awaited.isEmpty();
    }

    private void redirection() {
        Matcher here = HERE.matcher(text).region(at, text.length());
        if (here.lookingAt()) {
            endWord();
            awaited.add(here.group(2));
            at = here.end();
            return;
        }
        endWord();
        while (at < text.length() && "<>&".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean skipHereDocuments() {
        for (String end : awaited) {
            boolean found = false;
            while (at < text.length() && !found) {
                int stop = text.indexOf('\n', at);
                String body = text.substring(at, stop < 0 ? text.length() : stop);
                found = body.strip().equals(end);
                at = stop < 0 ? text.length() : stop + 1;
                newLine();
            }
            if (!found) {
                return false;
            }
        }
        awaited.clear();
        return true;
    }

    private boolean doubleQuoted() {
        begin();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            append(at, at + 1);
            at++;
        }
        return at++ < text.length();
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
            words.add(new Word(word.toString(), false, wordLine, wordColumn));
            word.setLength(0);
            inWord = false;
        }
    }

    private void operator(String operator, int length) {
        words.add(new Word(operator, true, line, at - lineStart + 1));
        at += length;
    }

    private void newLine() {
        line++;
        lineStart = at;
    }
}
