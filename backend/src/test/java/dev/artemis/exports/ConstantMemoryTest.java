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
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.context.TestConstructor;

/** However many rows a file has, those that were written are kept by nobody. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
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
        try (var owner = DriverManager.getConnection(
                        database.owner().url(),
                        database.owner().username(),
                        database.owner().password());
                var statement = owner.createStatement()) {
            statement.execute("""
                    set synchronous_commit = off;
                    set search_path = artemis;
                    insert into labels (tenant_id, text)
                    select '%1$s'::uuid, 'a stage of a name that is rather long ' || n from generate_series(1, %2$d) n;
                    insert into labels (tenant_id, text) values ('%1$s'::uuid, 'gpt-4o'), ('%1$s'::uuid, 'openai');
                    insert into entries (entry_id, tenant_id, project_id, recorded_at, tokens_input, day, stage, model,
                      provider, kind, tier, over_budget, cost, cost_input)
                    select uuidv7(timestamptz '2026-10-05 12:00Z' - now()), p.tenant_id, p.project_id,
                           '2026-10-05 12:00Z', 1000, '2026-10-05', s.label_id, m.label_id, o.label_id, 1, 1, false,
                           0.0025, 0.0025
                    from projects p
                    join labels s on s.tenant_id = p.tenant_id and s.text like 'a stage%%'
                    join labels m on m.tenant_id = p.tenant_id and m.text = 'gpt-4o'
                    join labels o on o.tenant_id = p.tenant_id and o.text = 'openai'
                    where p.tenant_id = '%1$s'::uuid;
                    insert into usage_by_day
                    select tenant_id, day, project_id, stage, model, provider, '00000000-0000-0000-0000-000000000000',
                           '00000000-0000-0000-0000-000000000000', 1, tokens_input, 0, 0, 0, 0, 0, 0, 0, cost, cost_input,
                           0, 0, 0, 0, 0, 0
                    from entries where tenant_id = '%1$s'::uuid;
                    analyze entries; analyze usage_by_day; analyze labels""".formatted(team.id(), ROWS));
        }
    }

    @ResourceLock("cluster") // its tests fill the same heap
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

    /** Looks at what is left after a collection, some times while a file is written. */
    private static final class WatchedHeap extends OutputStream {

        private static final int EVERY = ROWS / 4;

        private final ExportProgress progress;
        private final long before = used();
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
                most = Math.max(most, used());
                looks++;
            }
        }

        private static long used() {
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
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
