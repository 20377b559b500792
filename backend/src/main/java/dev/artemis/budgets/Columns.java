package dev.artemis.budgets;

import dev.artemis.prices.PriceId;
import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads columns that may be empty. */
final class Columns {

    private Columns() {}

    static Instant instant(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(optionalInstant(row, column));
    }

    static @Nullable Instant optionalInstant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static @Nullable Usd usd(@Nullable BigDecimal amount) {
        return amount == null ? null : new Usd(amount);
    }

    static @Nullable PriceId price(ResultSet row, int column) throws SQLException {
        Long id = row.getObject(column, Long.class);
        return id == null ? null : new PriceId(id);
    }

    static List<BigDecimal> numbers(ResultSet row, int column) throws SQLException {
        return Arrays.asList((BigDecimal[]) row.getArray(column).getArray());
    }

    static String literal(Collection<BigDecimal> numbers) {
        return numbers.stream().map(BigDecimal::toPlainString).collect(Collectors.joining(",", "{", "}"));
    }
}
