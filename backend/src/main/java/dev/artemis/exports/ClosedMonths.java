package dev.artemis.exports;

import dev.artemis.shared.TenantId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What a statement prints of a month's closing; reads in the transaction that runs. */
@Component
class ClosedMonths {

    private final JdbcTemplate jdbc;

    ClosedMonths(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A closing, with its seal once it was counted. */
    record Closing(
            int number, Instant at, String by, @Nullable String sha256) {}

    Optional<Closing> find(TenantId tenant, YearMonth month) {
        return jdbc
                .query(
                        "select number, closed_at, closed_by, sha256 from statements where tenant_id = ? and month = ?",
                        (row, number) -> new Closing(
                                row.getInt(1),
                                row.getObject(2, OffsetDateTime.class).toInstant(),
                                row.getString(3),
                                row.getString(4)),
                        tenant.value(),
                        month.atDay(1))
                .stream()
                .findFirst();
    }
}
