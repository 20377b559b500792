package dev.artemis.exports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.db.Database;
import dev.artemis.projects.Projects;
import dev.artemis.reports.Span;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.context.TestConstructor;

/** However many rows a file has, those that were written are kept by nobody. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated("other tests fill the same heap")
@Tag("slow")
class ConstantMemoryTest {

    /** Kept as lines, they would take some hundred bytes each, and several thousand as cells of a page: more than the bound. */
    private static final int ROWS = 30_000;

    private static final long BOUND = 8L << 20;
    private static final LocalDate MONTH = LocalDate.of(2026, 10, 1);

    private final Projects projects;
    private final Database database;
    private final Exports exports;
    private final Tenant team;

    ConstantMemoryTest(Tenants tenants, Projects projects, Database database, Exports exports) {
        this.projects = projects;
        this.database = database;
        this.exports = exports;
        this.team = tenants.create(new Slug("large-" + UUID.randomUUID()), "Large", ZoneOffset.UTC);
    }

    @BeforeAll
    void aTeamOfManyStages() throws SQLException {
        projects.create(team.id(), new Slug("shop"), "Shop");
        ManyLines.of(team, ROWS, database);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsKeptByNobody(ExportFormat format) {
        var progress = new ExportProgress();
        var heap = new WatchedHeap(progress);

        exports.write(
                new Export(format, List.of(new ReportPart(team, null, new Span.Days(MONTH, MONTH.plusMonths(1))))),
                progress,
                heap);

        assertThat(progress.rows()).isGreaterThanOrEqualTo(ROWS);
        assertThat(heap.looks()).as("looks at the heap while it was written").isGreaterThanOrEqualTo(3);
        assertThat(heap.most() - heap.before())
                .as("bytes above what there was before")
                .isLessThan(BOUND);
    }

    /**
     * Looks at what a collection left, some times while a file is written. What others of this process hold at that moment is in it
     * too, and goes; what the file's writer keeps would stay: so a look that is above the bound is taken again, and the least counts.
     */
    private static final class WatchedHeap extends OutputStream {

        private static final int EVERY = ROWS / 4;
        private static final int LOOKS = 5;

        private final ExportProgress progress;
        private final long before = least(0);
        private long next = EVERY;
        private long most;
        private int looks;

        WatchedHeap(ExportProgress progress) {
            this.progress = progress;
        }

        @Override
        public void write(int b) {
            look();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            look();
        }

        private void look() {
            if (progress.rows() >= next) {
                next = progress.rows() + EVERY;
                most = Math.max(most, least(before + BOUND));
                looks++;
            }
        }

        /** Looks until it is below that, and a few times at most. */
        private static long least(long enough) {
            long least = Long.MAX_VALUE;
            for (int i = 0; i < LOOKS && least >= enough; i++) {
                System.gc();
                least = Math.min(least, leftByTheCollection());
            }
            return least;
        }

        /** Not what is allocated since: other threads go on. */
        private static long leftByTheCollection() {
            return ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                    .sum();
        }

        long before() {
            return before;
        }

        long most() {
            return most;
        }

        int looks() {
            return looks;
        }
    }
}
