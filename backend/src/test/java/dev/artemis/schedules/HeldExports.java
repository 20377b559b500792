package dev.artemis.schedules;

import dev.artemis.exports.Export;
import dev.artemis.exports.ExportFormat;
import dev.artemis.exports.ExportOwner;
import dev.artemis.exports.ExportProgress;
import dev.artemis.exports.Exports;
import dev.artemis.exports.ReportPart;
import dev.artemis.reports.Span;
import dev.artemis.tenants.Tenant;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Exports that take, or wait for, all turns until this is closed. */
final class HeldExports implements AutoCloseable {

    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private HeldExports() {}

    /** They run or wait when this returns. */
    static HeldExports of(int many, Exports exports, Tenant tenant) throws InterruptedException {
        var held = new HeldExports();
        for (int n = 0; n < many; n++) {
            held.hold(exports, tenant);
        }
        return held;
    }

    private void hold(Exports exports, Tenant tenant) throws InterruptedException {
        var joined = new CountDownLatch(1);
        var day = new Span.Days(LocalDate.of(2027, 10, 1), LocalDate.of(2027, 10, 2));
        var export = new Export(ExportFormat.CSV, List.of(new ReportPart(tenant, null, day)));
        threads.execute(() ->
                exports.write(export, new ExportProgress(), new ExportOwner.Team(tenant.id()), new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        joined.countDown();
                        try {
                            end.await();
                        } catch (InterruptedException e) {
                            throw new IOException(e);
                        }
                    }

                    @Override
                    public void flush() {
                        joined.countDown();
                    }
                }));
        joined.await();
    }

    @Override
    public void close() {
        end.countDown();
        threads.close();
    }
}
