package dev.artemis.exports;

import dev.artemis.reports.Costs;
import dev.artemis.shared.SpreadsheetText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes lines as CSV that come in PostgreSQL's text format of {@code copy} ({@link Costs#copy}), byte by byte: millions of
 * lines leave no object behind. Texts get what {@link CsvCells} gives them, decimals lose their zeros at the end.
 */
final class CopiedLines extends OutputStream {

    private static final int BUFFER = 1 << 16;
    /** The counts of a line, before its decimals. */
    private static final int COUNTS = 6;

    private final OutputStream target;
    private final int texts;
    private final CsvVersion version;
    private final boolean splitAtSemicolons;
    private byte[] behindTheFirst = {};
    private final Runnable lineWritten;

    private final byte[] out = new byte[BUFFER];
    private int filled;
    private byte[] cell = new byte[256];
    private int length;
    private int column;
    private boolean escaped;

    /**
     * Begins with the header.
     *
     * @param texts how many columns of a row come before the sums
     * @param lineWritten told of each
     */
    CopiedLines(OutputStream target, CsvVersion version, String header, int texts, Runnable lineWritten)
            throws IOException {
        this.target = target;
        this.texts = texts;
        this.version = version;
        this.splitAtSemicolons = version.splitsAtSemicolons();
        this.lineWritten = lineWritten;
        byte[] first = header.getBytes(StandardCharsets.UTF_8);
        put(first, first.length);
    }

    /** What stands behind the first cell of each line from now on, and is in no row: the team's slug. Empty: nothing. */
    void behindTheFirst(String cell) {
        behindTheFirst = cell.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] rows, int from, int many) throws IOException {
        for (int n = from; n < from + many; n++) {
            byte one = rows[n];
            if (escaped) {
                escaped = false;
                unescaped(one);
            } else if (one == '\\') {
                escaped = true;
            } else if (one == '\t') {
                endCell();
            } else if (one == '\n') {
                endCell();
                put('\r');
                put('\n');
                column = 0;
                lineWritten.run();
            } else {
                append(one);
            }
        }
    }

    private void unescaped(byte one) {
        switch (one) {
            case 'N' -> {
                // null, which is nothing
            }
            case 'b' -> append((byte) '\b');
            case 'f' -> append((byte) '\f');
            case 'n' -> append((byte) '\n');
            case 'r' -> append((byte) '\r');
            case 't' -> append((byte) '\t');
            case 'v' -> append((byte) 0x0b);
            default -> append(one);
        }
    }

    private void append(byte one) {
        if (length == cell.length) {
            cell = Arrays.copyOf(cell, 2 * length);
        }
        cell[length++] = one;
    }

    private void endCell() throws IOException {
        if (column > 0) {
            put(',');
        }
        if (column < texts) {
            text();
        } else {
            number();
        }
        if (column == 0 && behindTheFirst.length > 0) {
            put(',');
            put(behindTheFirst, behindTheFirst.length);
        }
        length = 0;
        column++;
    }

    private void text() throws IOException {
        boolean quoted = false;
        boolean split = false;
        for (int n = 0; n < length && !quoted; n++) {
            byte one = cell[n];
            quoted = one == ',' || one == '"' || one == '\n' || one == '\r';
            split |= isSplit(one);
        }
        if (quoted) {
            put('"');
            characters();
            put('"');
        } else if (split) {
            characters();
        } else {
            if (version.startsAFormula(cell, 0, length)) {
                put('\'');
            }
            put(cell, length);
        }
    }

    /** One by one: quotes twice, and no formula behind what may begin a cell. */
    private void characters() throws IOException {
        boolean begins = true;
        for (int n = 0; n < length; n++) {
            byte one = cell[n];
            if (begins && version.startsAFormula(cell, n, length)) {
                put('\'');
            }
            if (one == '"') {
                put('"');
            }
            put(one);
            begins = isSplit(one);
        }
    }

    private boolean isSplit(byte one) {
        return splitAtSemicolons && one == SpreadsheetText.ANOTHER_SEPARATOR;
    }

    /** A sum over nothing is empty. */
    private void number() throws IOException {
        int end = length;
        if (column >= texts + COUNTS) {
            end = withoutZeros();
        }
        if (end == 0) {
            put('0');
        } else {
            put(cell, end);
        }
    }

    private int withoutZeros() {
        int point = 0;
        while (point < length && cell[point] != '.') {
            point++;
        }
        if (point == length) {
            return length;
        }
        int end = length;
        while (cell[end - 1] == '0') {
            end--;
        }
        return end - 1 == point ? point : end;
    }

    private void put(int one) throws IOException {
        if (filled == BUFFER) {
            flushBuffer();
        }
        out[filled++] = (byte) one;
    }

    private void put(byte[] some, int many) throws IOException {
        if (filled + many > BUFFER) {
            flushBuffer();
        }
        if (many > BUFFER) {
            target.write(some, 0, many);
            return;
        }
        System.arraycopy(some, 0, out, filled, many);
        filled += many;
    }

    private void flushBuffer() throws IOException {
        target.write(out, 0, filled);
        filled = 0;
    }

    /** Hands over what is left; the target is not closed. */
    @Override
    public void close() throws IOException {
        flushBuffer();
        target.flush();
    }
}
