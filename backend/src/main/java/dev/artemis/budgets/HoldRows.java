package dev.artemis.budgets;

import dev.artemis.ledger.Payer;
import dev.artemis.persistence.Pipeline;
import dev.artemis.persistence.SqlArray;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenant.ComputeRates;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Holds in the database. */
final class HoldRows {

    /** Holds whose time is up that are read at once. */
    static final int MOST_DUE = 5_000;

    private static final String HOLDS = """
        select hold_id, status, project_id, key_id, member_id, amount, day, month, created_at, expires_at, stage,
               purpose, card, kind, provider, model, tier, cpu_second_rate, gib_second_rate, cost, answer, price_id
        from holds
        """;

    private HoldRows() {}

    static Pipeline.Rows<HoldRow> read(Pipeline reading, TenantId tenant, Collection<UUID> ids) {
        return reading.query(
                HOLDS + "where tenant_id = ? and hold_id = any(?)",
                HoldRows::hold,
                tenant.value(),
                SqlArray.of("uuid", ids, id -> id));
    }

    /** Those whose time is up, the first of them first. */
    static Pipeline.Rows<HoldRow> readDue(Pipeline reading, TenantId tenant, Instant now) {
        return reading.query(
                HOLDS
                        + "where tenant_id = ? and status = 'held' and expires_at <= ? order by expires_at, hold_id limit "
                        + MOST_DUE,
                HoldRows::hold,
                tenant.value(),
                now);
    }

    /** Those that come behind one of them. */
    static Pipeline.Rows<HoldRow> readDueBehind(Pipeline reading, TenantId tenant, Instant now, HoldRow last) {
        return reading.query(
                HOLDS + "where tenant_id = ? and status = 'held' and expires_at <= ? and (expires_at, hold_id) > (?, ?)"
                        + " order by expires_at, hold_id limit " + MOST_DUE,
                HoldRows::hold,
                tenant.value(),
                now,
                last.expiresAt(),
                last.id());
    }

    static void save(Pipeline writing, OpenTill till) {
        List<HoldRow> made = till.newHolds();
        if (!made.isEmpty()) {
            writing.update(
                    """
                    insert into holds (tenant_id, status, hold_id, kind, project_id, key_id, member_id, amount, day,
                      month, created_at, expires_at, stage, purpose, card, provider, model, tier, cpu_second_rate,
                      gib_second_rate, price_id)
                    select ?, 'held', * from unnest(?::uuid[], ?::text[], ?::uuid[], ?::uuid[], ?::uuid[], ?::numeric[],
                      ?::date[], ?::date[], ?::timestamptz[], ?::timestamptz[], ?::int[], ?::int[], ?::int[], ?::text[],
                      ?::text[], ?::text[], ?::numeric[], ?::numeric[], ?::bigint[])\
                    """,
                    till.tenant().value(),
                    SqlArray.of("uuid", made, HoldRow::id),
                    SqlArray.of("text", made, hold -> switch (hold.terms()) {
                        case HoldRow.OfCall call -> "call";
                        case HoldRow.OfRun run -> "run";
                    }),
                    SqlArray.of("uuid", made, hold -> hold.payer().project()),
                    SqlArray.of("uuid", made, hold -> hold.payer().key()),
                    SqlArray.of("uuid", made, hold -> hold.payer().member()),
                    SqlArray.of("numeric", made, HoldRow::amount),
                    SqlArray.of("date", made, HoldRow::day),
                    SqlArray.of("date", made, HoldRow::month),
                    SqlArray.of("timestamptz", made, HoldRow::createdAt),
                    SqlArray.of("timestamptz", made, HoldRow::expiresAt),
                    SqlArray.of("int", made, HoldRow::stage),
                    SqlArray.of("int", made, HoldRow::purpose),
                    SqlArray.of("int", made, HoldRow::card),
                    ofCall("text", made, call -> call.model().provider()),
                    ofCall("text", made, call -> call.model().model()),
                    ofCall("text", made, HoldRow.OfCall::tier),
                    ofRun(made, ComputeRates::cpuSecond),
                    ofRun(made, ComputeRates::gibSecond),
                    ofCall("bigint", made, HoldRow.OfCall::price));
        }
        Collection<OpenTill.HoldChange> changes = till.holdChanges();
        if (!changes.isEmpty()) {
            writing.update(
                    """
                    update holds h set status = c.status, entry_id = c.entry_id, cost = c.cost, answer = c.answer
                    from unnest(?::uuid[], ?::text[], ?::uuid[], ?::numeric[], ?::text[])
                      as c (hold_id, status, entry_id, cost, answer)
                    where h.tenant_id = ? and h.hold_id = c.hold_id\
                    """,
                    SqlArray.of("uuid", changes, OpenTill.HoldChange::id),
                    SqlArray.of("text", changes, OpenTill.HoldChange::status),
                    SqlArray.of("uuid", changes, OpenTill.HoldChange::entry),
                    SqlArray.of("numeric", changes, OpenTill.HoldChange::cost),
                    SqlArray.of("text", changes, OpenTill.HoldChange::answer),
                    till.tenant().value());
        }
    }

    private static SqlArray ofCall(String type, List<HoldRow> holds, Function<HoldRow.OfCall, @Nullable Object> value) {
        return SqlArray.of(type, holds, hold -> switch (hold.terms()) {
            case HoldRow.OfCall call -> value.apply(call);
            case HoldRow.OfRun run -> null;
        });
    }

    private static SqlArray ofRun(List<HoldRow> holds, Function<ComputeRates, Usd> value) {
        return SqlArray.of("numeric", holds, hold -> switch (hold.terms()) {
            case HoldRow.OfCall call -> null;
            case HoldRow.OfRun run -> value.apply(run.rates());
        });
    }

    private static HoldRow hold(ResultSet row) throws SQLException {
        UUID key = row.getObject(4, UUID.class);
        UUID member = row.getObject(5, UUID.class);
        boolean ofCall = row.getString(14).equals("call");
        return new HoldRow(
                row.getObject(1, UUID.class),
                HoldStatus.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                new Payer(
                        new ProjectId(row.getObject(3, UUID.class)),
                        key == null ? null : new KeyId(key),
                        member == null ? null : new UserId(member)),
                new Usd(row.getBigDecimal(6)),
                row.getObject(7, LocalDate.class),
                row.getObject(8, LocalDate.class),
                Columns.instant(row, 9),
                Columns.optionalInstant(row, 10),
                row.getInt(11),
                row.getObject(12, Integer.class),
                row.getObject(13, Integer.class),
                ofCall
                        ? new HoldRow.OfCall(
                                new ModelRef(row.getString(15), row.getString(16)),
                                ServiceTier.of(row.getString(17)),
                                Columns.price(row, 22))
                        : new HoldRow.OfRun(
                                new ComputeRates(new Usd(row.getBigDecimal(18)), new Usd(row.getBigDecimal(19)))),
                Columns.usd(row.getBigDecimal(20)),
                row.getString(21));
    }
}
