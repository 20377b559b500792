package dev.artemis.ledger;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.prices.Usage;
import dev.artemis.shared.EntryId;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.Page;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.shared.UserId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** The ledger's entries, read. */
@Service
public class Entries {

    /** The most that one page holds. */
    public static final int MAX_PAGE = 1_000;

    /** Narrowed by ids first, so that texts are looked up for one page only. */
    private static final String PAGE = """
            select e.entry_id, e.kind, provider.text, model.text, stage.text, purpose.text, card.text, e.key_id,
                   e.member_id, e.refers_to, e.tier, e.tokens_input, e.tokens_cache_read, e.tokens_cache_write_5m,
                   e.tokens_cache_write_1h, e.tokens_output, e.cpu_seconds, e.gib_seconds, e.cost, e.over_budget, e.day,
                   e.recorded_at, e.occurred_at,
                   array(select u.what from unpriced_parts u where u.entry_id = e.entry_id order by u.what),
                   e.project_id, c.reason, c.closed_month
            from (%s) e
            join labels provider on provider.label_id = e.provider
            join labels model on model.label_id = e.model
            join labels stage on stage.label_id = e.stage
            left join labels purpose on purpose.label_id = e.purpose
            left join labels card on card.label_id = e.card
            left join corrections c on c.entry_id = e.entry_id
            order by e.entry_id desc""";

    private final TenantTransactions transactions;
    private final JdbcTemplate jdbc;

    Entries(TenantTransactions transactions, JdbcTemplate jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /**
     * A page of entries, the newest first.
     *
     * @param limit 1 to {@value #MAX_PAGE}
     */
    public Page<EntryView> page(EntryQuery query, int limit) {
        return pageOfProjects(query, limit).map(OfProject::entry);
    }

    /** An entry, and the project that it belongs to. */
    public record OfProject(ProjectId project, EntryView entry) {}

    /** The same, each with its project: of all that are asked for together. */
    public Page<OfProject> pageOfProjects(EntryQuery query, int limit) {
        List<OfProject> found = transactions.inTenant(query.tenant(), () -> newest(query, limit + 1));
        boolean more = found.size() > limit;
        List<OfProject> items = more ? found.subList(0, limit) : found;
        return new Page<>(items, more ? items.getLast().entry().id().toString() : null);
    }

    private List<OfProject> newest(EntryQuery query, int most) {
        List<OfProject> found = new ArrayList<>();
        for (EntrySql.Recorded stretch : EntrySql.stretches(query)) {
            if (found.size() < most) {
                EntrySql newest = EntrySql.of(query, stretch, most - found.size());
                found.addAll(jdbc.query(
                        PAGE.formatted(newest.sql()),
                        (row, number) -> new OfProject(new ProjectId(row.getObject(25, UUID.class)), view(row)),
                        newest.parameters().toArray()));
            }
        }
        return found;
    }

    /** What a correction needs to know of the entry that it puts right. */
    public record Origin(Payer payer, EntryLabels labels, LocalDate day) {}

    /** An entry of a project, by its id; joins the transaction of its tenant. */
    public Optional<Origin> origin(TenantId tenant, ProjectId project, EntryId id) {
        Instant millisecond = LedgerIds.millisecond(id);
        return transactions.inTenant(
                tenant,
                () -> jdbc
                        .query(
                                """
                                select key_id, member_id, stage, model, provider, card, purpose, day
                                from entries
                                where tenant_id = ? and project_id = ? and entry_id = ?
                                  and recorded_at >= ? and recorded_at < ?""",
                                (row, number) -> new Origin(
                                        new Payer(project, key(row, 1), member(row, 2)),
                                        new EntryLabels(
                                                row.getInt(3),
                                                row.getInt(4),
                                                row.getInt(5),
                                                row.getObject(6, Integer.class),
                                                row.getObject(7, Integer.class)),
                                        row.getObject(8, LocalDate.class)),
                                tenant.value(),
                                project.value(),
                                id.value(),
                                millisecond.atOffset(ZoneOffset.UTC),
                                millisecond.plusMillis(1).atOffset(ZoneOffset.UTC))
                        .stream()
                        .findFirst());
    }

    private static EntryView view(ResultSet row) throws SQLException {
        return new EntryView(
                new EntryId(row.getObject(1, UUID.class)),
                EntryKind.of(row.getInt(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                key(row, 8),
                member(row, 9),
                row.getObject(10, UUID.class),
                TierCodes.tier(row.getObject(11, Integer.class)),
                new Usage(row.getLong(12), row.getLong(13), row.getLong(14), row.getLong(15), row.getLong(16)),
                quantity(row, 17),
                quantity(row, 18),
                new Usd(row.getBigDecimal(19)),
                row.getBoolean(20),
                row.getObject(21, LocalDate.class),
                row.getObject(22, OffsetDateTime.class).toInstant(),
                instant(row, 23),
                List.of((String[]) row.getArray(24).getArray()),
                words(row));
    }

    private static EntryView.@Nullable Words words(ResultSet row) throws SQLException {
        String reason = row.getString(26);
        LocalDate closed = row.getObject(27, LocalDate.class);
        return reason == null ? null : new EntryView.Words(reason, closed == null ? null : YearMonth.from(closed));
    }

    private static @Nullable KeyId key(ResultSet row, int column) throws SQLException {
        UUID id = row.getObject(column, UUID.class);
        return id == null ? null : new KeyId(id);
    }

    private static @Nullable UserId member(ResultSet row, int column) throws SQLException {
        UUID id = row.getObject(column, UUID.class);
        return id == null ? null : new UserId(id);
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static BigDecimal quantity(ResultSet row, int column) throws SQLException {
        BigDecimal amount = row.getBigDecimal(column);
        return amount == null ? BigDecimal.ZERO : amount.stripTrailingZeros();
    }
}
