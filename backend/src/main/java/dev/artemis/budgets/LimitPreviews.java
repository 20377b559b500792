package dev.artemis.budgets;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** What a change of limits means, told by the month before. */
@Service
public class LimitPreviews {

    private static final int ROWS_AT_ONCE = 5_000;

    /** Days are of the tenant's zone, partitions of UTC. */
    private static final int ZONES_APART_DAYS = 2;

    private final TenantTransactions transactions;
    private final JdbcTemplate jdbc;

    LimitPreviews(TenantTransactions transactions, JdbcTemplate jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /**
     * Replays the calls and runs of the month before under these limits alone, as if no other had been there. Reads that
     * month's entries of the level: seconds where there are millions.
     *
     * @param zone the tenant's
     */
    public LimitPreview lastMonth(TenantId tenant, Level level, Limits limits, ZoneId zone, Instant now) {
        YearMonth month = YearMonth.from(now.atZone(zone)).minusMonths(1);
        var replay = new ReplayLimits(month, limits);
        String column = switch (level) {
            case Level.WholeTenant whole -> "tenant_id";
            case Level.OfProject project -> "project_id";
            case Level.OfKey key -> "key_id";
        };
        transactions.inTenant(tenant, () -> {
            var streaming = new JdbcTemplate(Objects.requireNonNull(jdbc.getDataSource()));
            streaming.setFetchSize(ROWS_AT_ONCE);
            streaming.query(
                    """
                    select day, cost from entries
                    where tenant_id = ? and %s = ? and (kind in (1, 2) or occurred_at is not null) and day >= ? and day < ?
                      and recorded_at >= ? and recorded_at < ?
                    order by entry_id\
                    """.formatted(column),
                    row -> {
                        replay.spend(row.getObject(1, LocalDate.class), new Usd(row.getBigDecimal(2)));
                    },
                    tenant.value(),
                    Budgets.id(tenant, level),
                    month.atDay(1),
                    month.plusMonths(1).atDay(1),
                    month.atDay(1)
                            .atStartOfDay()
                            .minus(ZONES_APART_DAYS, ChronoUnit.DAYS)
                            .atOffset(ZoneOffset.UTC),
                    month.plusMonths(1)
                            .atDay(1)
                            .atStartOfDay()
                            .plus(ZONES_APART_DAYS, ChronoUnit.DAYS)
                            .atOffset(ZoneOffset.UTC));
        });
        return replay.result();
    }
}
