package dev.artemis.statements;

import dev.artemis.exports.Export;
import dev.artemis.exports.ExportFormat;
import dev.artemis.exports.Exports;
import dev.artemis.exports.ReportPart;
import dev.artemis.reports.Span;
import dev.artemis.tenants.Tenant;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.List;
import org.springframework.stereotype.Component;

/** Counts the lines of a month, and their checksum, as the CSV export writes them. */
@Component
class SealMonths {

    private final Exports exports;

    SealMonths(Exports exports) {
        this.exports = exports;
    }

    /** Lines end with a line feed; one within a quoted text is counted too, alike each time. */
    private static final class CountedLines extends OutputStream {
        private long lines;

        @Override
        public void write(int b) {
            lines += b == '\n' ? 1 : 0;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            for (int n = offset; n < offset + length; n++) {
                write(bytes[n]);
            }
        }
    }

    Statement.Seal seal(Tenant tenant, YearMonth month) {
        var counted = new CountedLines();
        MessageDigest digest = sha256();
        exports.write(
                new Export(ExportFormat.CSV, List.of(part(tenant, month))), new DigestOutputStream(counted, digest));
        return new Statement.Seal(counted.lines - 1, HexFormat.of().formatHex(digest.digest()));
    }

    static ReportPart part(Tenant tenant, YearMonth month) {
        return new ReportPart(
                tenant, null, new Span.Days(month.atDay(1), month.plusMonths(1).atDay(1)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
