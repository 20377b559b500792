package dev.artemis.scanning.python;

import java.util.Arrays;

/** The tokens of a program, in arrays: a megabyte of source has hundreds of thousands. */
final class Tokens {

    static final byte END = 0;
    static final byte NAME = 1;
    static final byte KEYWORD = 2;
    static final byte NUMBER = 3;
    static final byte STRING = 4;
    static final byte OPERATOR = 5;
    static final byte NEWLINE = 6;
    static final byte INDENT = 7;
    static final byte DEDENT = 8;

    private byte[] kinds;
    private int[] starts;
    private int[] ends;
    private String[] texts;
    private int count;

    Tokens(int expected) {
        int size = Math.max(16, expected);
        this.kinds = new byte[size];
        this.starts = new int[size];
        this.ends = new int[size];
        this.texts = new String[size];
    }

    /** Keywords and operators are literals, so that they compare by identity; "" where the text says nothing. */
    void add(byte kind, int start, int end, String text) {
        if (count == kinds.length) {
            int size = count * 2;
            kinds = Arrays.copyOf(kinds, size);
            starts = Arrays.copyOf(starts, size);
            ends = Arrays.copyOf(ends, size);
            texts = Arrays.copyOf(texts, size);
        }
        kinds[count] = kind;
        starts[count] = start;
        ends[count] = end;
        texts[count++] = text;
    }

    int count() {
        return count;
    }

    byte kind(int i) {
        return kinds[i];
    }

    int start(int i) {
        return starts[i];
    }

    int end(int i) {
        return ends[i];
    }

    String text(int i) {
        return texts[i];
    }
}
