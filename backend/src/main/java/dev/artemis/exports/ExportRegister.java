package dev.artemis.exports;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Tells the database how far this process's exports are, so that any process can say it. */
@Component
class ExportRegister {

    private static final int SHOWN = 100;

    private final TenantTransactions transactions;
    private final JdbcTemplate jdbc;
    private final ExportQueue queue;
    private final Map<ExportProgress, ExportOwner> watched = new ConcurrentHashMap<>();

    ExportRegister(TenantTransactions transactions, JdbcTemplate jdbc, ExportQueue queue) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.queue = queue;
    }

    /** Enters an export that waits, and forgets those that came to their end an hour ago. */
    void enter(ExportProgress progress, ExportOwner owner, ExportFormat format) {
        of(owner, () -> {
            jdbc.update("delete from export_progress where told_at < now() - interval '1 hour'");
            jdbc.update(
                    """
                    insert into export_progress (export_id, tenant_id, project_id, format, state, before, rows, asked_at, told_at)
                    values (?, ?, ?, ?, 'waiting', ?, 0, now(), now())""", progress.id(), id(owner.tenant()), project(owner), format.toString(), queue.before(progress));
            return true;
        });
        watched.put(progress, owner);
    }

    /** Tells the last of it. */
    void leave(ExportProgress progress) {
        ExportOwner owner = watched.remove(progress);
        if (owner != null) {
            tell(progress, owner);
        }
    }

    @Scheduled(fixedDelayString = "1s")
    void tellAll() {
        watched.forEach(this::tell);
    }

    private void tell(ExportProgress progress, ExportOwner owner) {
        of(
                owner,
                () -> jdbc.update(
                        """
                        update export_progress set state = ?, before = ?, rows = ?, told_at = now()
                        where export_id = ? and state in ('waiting', 'running')""", progress.state().toString(), queue.before(progress), progress.rows(), progress.id()));
    }

    /** The latest hundred, the newest first: a project's, a team's with those of its projects, or the platform's. */
    List<ExportStanding> latest(ExportOwner owner) {
        return of(
                owner,
                () -> jdbc.query(
                        """
                        select export_id, format,
                               case when state in ('waiting', 'running') and told_at < now() - interval '30 seconds'
                                    then 'failed' else state end,
                               before, rows, asked_at
                        from export_progress
                        where tenant_id is not distinct from ? and (?::uuid is null or project_id = ?)
                        order by asked_at desc, export_id limit ?""",
                        (row, number) -> standing(row),
                        id(owner.tenant()),
                        project(owner),
                        project(owner),
                        SHOWN));
    }

    private <T> T of(ExportOwner owner, Supplier<T> work) {
        TenantId tenant = owner.tenant();
        return tenant == null ? transactions.acrossTenants(work) : transactions.inTenant(tenant, work);
    }

    private static @Nullable UUID id(@Nullable TenantId tenant) {
        return tenant == null ? null : tenant.value();
    }

    private static @Nullable UUID project(ExportOwner owner) {
        return switch (owner) {
            case ExportOwner.Project(TenantId _, ProjectId project) -> project.value();
            case ExportOwner.Team _, ExportOwner.Platform _ -> null;
        };
    }

    private static ExportStanding standing(ResultSet row) throws SQLException {
        return new ExportStanding(
                row.getObject(1, UUID.class),
                ExportFormat.of(row.getString(2)),
                ExportProgress.State.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                row.getInt(4),
                row.getLong(5),
                row.getObject(6, OffsetDateTime.class).toInstant());
    }
}
