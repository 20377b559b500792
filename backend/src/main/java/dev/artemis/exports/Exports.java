package dev.artemis.exports;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Problem;
import dev.artemis.shared.TenantId;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.YearMonth;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Writes costs as files. */
@Service
public class Exports {

    private final ReportRows.Sources sources;
    private final ClosedMonths closedMonths;
    private final TenantTransactions transactions;
    private final ExportQueue queue;
    private final ExportRegister register;
    private final ExportSettings settings;
    private final Traffic traffic;
    private final JdbcClient jdbc;
    private final JsonMapper json;

    Exports(
            ReportRows.Sources sources,
            ClosedMonths closedMonths,
            TenantTransactions transactions,
            ExportQueue queue,
            ExportRegister register,
            ExportSettings settings,
            Traffic traffic,
            JdbcClient jdbc,
            JsonMapper json) {
        this.sources = sources;
        this.closedMonths = closedMonths;
        this.transactions = transactions;
        this.queue = queue;
        this.register = register;
        this.settings = settings;
        this.traffic = traffic;
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Says at once, before anything is answered, that too many exports wait already.
     *
     * @throws Problem 503 {@code exports-busy}
     */
    public void refuseWhenFull() {
        queue.refuseWhenFull();
    }

    /** How many exports come before this one. */
    public int before(ExportProgress progress) {
        return queue.before(progress);
    }

    /**
     * Waits for its turn, then writes the file; in constant memory, however long it is. Where something fails, the
     * target is neither flushed nor closed, so that half a file is seen to be half; so it is where the target takes it
     * slowly while others wait ({@link FairTarget}).
     *
     * @param progress of this file alone
     * @throws Problem 503 {@code exports-busy}: too many wait already; nothing was written
     */
    public void write(Export export, ExportProgress progress, OutputStream target) {
        queue.inTurn(progress, () -> {}, () -> write(export, fair(target), progress::rowWritten));
    }

    /**
     * The same, and its owner may ask how far it is, at any instance. Where it has to wait, the target is flushed before:
     * an answer's headers say by which id to ask.
     */
    public void write(Export export, ExportProgress progress, ExportOwner owner, OutputStream target) {
        register.enter(progress, owner, export.format());
        try {
            queue.inTurn(progress, () -> flush(target), () -> write(export, fair(target), progress::rowWritten));
        } finally {
            Undisturbed.run(() -> register.leave(progress));
        }
    }

    /** Whether a month's figures are final, and its statement says so with its seal. */
    public boolean isClosed(TenantId tenant, YearMonth month) {
        return transactions.inTenant(
                tenant,
                () -> closedMonths
                        .closing(tenant, month)
                        .filter(closing -> closing.sha256() != null)
                        .isPresent());
    }

    /** The latest hundred exports of somebody, the newest first. */
    public List<ExportStanding> latest(ExportOwner owner) {
        return register.latest(owner);
    }

    private static void flush(OutputStream target) {
        try {
            target.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OutputStream fair(OutputStream target) {
        return new FairTarget(target, settings, queue::othersWait, System::nanoTime);
    }

    /** The same at once, for work that is not asked for by a person who waits. */
    public void write(Export export, OutputStream target) {
        write(export, target, () -> {});
    }

    private void write(Export export, OutputStream target, Runnable rowWritten) {
        Runnable pace = traffic.pace();
        ReportRows rows = sources.of(export, () -> {
            rowWritten.run();
            pace.run();
        });
        Runnable work = () -> {
            if (traffic.isBusy()) {
                onOneProcessor();
            }
            try {
                format(export).write(rows, target);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        if (export.parts().size() == 1) {
            transactions.inSnapshot(export.parts().getFirst().tenant().id(), work);
        } else {
            transactions.inSnapshotOfSeveral(work);
        }
    }

    /** For this transaction: the database, too, has others to serve. */
    private void onOneProcessor() {
        jdbc.sql("select set_config('max_parallel_workers_per_gather', '0', true)")
                .query(String.class)
                .single();
    }

    private Format format(Export export) {
        return switch (export.format()) {
            case CSV -> new CsvFormat(export.version());
            case JSON -> new JsonFormat(json);
            case XLSX -> new XlsxFormat();
            case FOCUS -> new FocusFormat(json);
            case PDF -> {
                ReportPart part = export.parts().getFirst();
                YearMonth month = part.month().orElseThrow();
                yield new PdfFormat(part, month, closedMonths.of(part, month));
            }
        };
    }
}
