package dev.artemis.runs;

import dev.artemis.sandbox.Usage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How values stand in the database's columns. */
final class Columns {

    private Columns() {}

    static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static Instant instantThere(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static long micros(Duration duration) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.EPOCH.plus(duration));
    }

    static Duration duration(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    static Usage usage(ResultSet row) throws SQLException {
        return new Usage(
                duration(row.getLong("execution_us")),
                duration(row.getLong("cpu_us")),
                row.getLong("max_memory_bytes"),
                row.getObject("max_disk_bytes", Long.class),
                row.getObject("max_inodes", Long.class),
                row.getObject("max_file_bytes", Long.class),
                row.getObject("max_processes", Long.class),
                row.getObject("memory_kills", Long.class));
    }
}
