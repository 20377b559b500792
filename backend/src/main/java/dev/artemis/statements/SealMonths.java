package dev.artemis.statements;

import dev.artemis.exports.CsvVersion;
import dev.artemis.exports.Export;
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

    /** The seal that a month gets. */
    Statement.Seal seal(Tenant tenant, YearMonth month) {
        return seal(tenant, month, CsvVersion.NOW);
    }

    /**
     * The seal that a month has now, in the version of another one; where that one does not say its version, in the one
     * that agrees, and in the version of now where none does.
     */
    Statement.Seal seal(Tenant tenant, YearMonth month, Statement.Seal then) {
        CsvVersion version = then.version();
        if (version != null) {
            return seal(tenant, month, version);
        }
        Statement.Seal now = seal(tenant, month, CsvVersion.BEHIND_SEMICOLONS);
        if (now.agrees(then)) {
            return now;
        }
        Statement.Seal before = seal(tenant, month, CsvVersion.AT_THE_BEGINNING);
        return before.agrees(then) ? before : now;
    }

    private Statement.Seal seal(Tenant tenant, YearMonth month, CsvVersion version) {
        var counted = new CountedLines();
        MessageDigest digest = sha256();
        exports.write(Export.asOf(version, part(tenant, month)), new DigestOutputStream(counted, digest));
        return new Statement.Seal(counted.lines - 1, HexFormat.of().formatHex(digest.digest()), version);
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
