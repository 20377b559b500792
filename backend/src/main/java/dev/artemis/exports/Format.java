package dev.artemis.exports;

import java.io.IOException;
import java.io.OutputStream;

/** One way to write the rows of a report. Keeps no row, flushes at the end, closes nothing. */
interface Format {

    void write(ReportRows rows, OutputStream target) throws IOException;
}
