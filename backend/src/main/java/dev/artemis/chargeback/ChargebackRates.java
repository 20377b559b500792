package dev.artemis.chargeback;

import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.TenantId;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** Teams' chargeback rates, kept. */
@Service
public class ChargebackRates {

    private final TenantTransactions transactions;
    private final JdbcTemplate jdbc;
    private final Audit audit;
    private final Clock clock;

    ChargebackRates(TenantTransactions transactions, JdbcTemplate jdbc, Audit audit, Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /** A team's rates, the earliest first. */
    public List<Rate> all(TenantId tenant) {
        return transactions.inTenant(
                tenant,
                () -> jdbc.query(
                        "select valid_from, percent from chargeback_rates where tenant_id = ? order by valid_from",
                        (row, number) -> new Rate(row.getObject(1, LocalDate.class), row.getBigDecimal(2)),
                        tenant.value()));
    }

    /** The same, to be asked by day. */
    public RatesByDay byDay(TenantId tenant) {
        return new RatesByDay(all(tenant));
    }

    /**
     * Sets the rate that holds from a day on, in place of one that begins with the same day. Joins the transaction of
     * its tenant; audited.
     *
     * @throws Problem 409 {@code month-closed}: the day lies in a month that is closed
     */
    public Rate set(Caller.Admin by, TenantId tenant, Rate rate) {
        return transactions.inTenant(tenant, () -> {
            // the till's lock: no month is closed between this look and the commit
            boolean closed = jdbc
                    .query(
                            "select closed_before from tills where tenant_id = ? for update",
                            (row, number) -> row.getObject(1, LocalDate.class),
                            tenant.value())
                    .stream()
                    .anyMatch(before -> before != null && rate.validFrom().isBefore(before));
            if (closed) {
                throw Problem.of(409, "month-closed", "That day lies in a month that is closed.");
            }
            Rate before = of(tenant, rate.validFrom());
            jdbc.update(
                    """
                    insert into chargeback_rates (tenant_id, valid_from, percent, set_by, set_at) values (?, ?, ?, ?, ?)
                    on conflict (tenant_id, valid_from) do update
                      set percent = excluded.percent, set_by = excluded.set_by, set_at = excluded.set_at""",
                    tenant.value(),
                    rate.validFrom(),
                    rate.percent(),
                    by.name(),
                    clock.instant().atOffset(ZoneOffset.UTC));
            audit.record(
                    by,
                    new Change(Action.CHARGEBACK_SET, tenant, rate.validFrom().toString(), before, rate));
            return rate;
        });
    }

    /** The rate that begins with a day; null: none does. */
    private @Nullable Rate of(TenantId tenant, LocalDate day) {
        return all(tenant).stream()
                .filter(rate -> rate.validFrom().equals(day))
                .findFirst()
                .orElse(null);
    }
}
