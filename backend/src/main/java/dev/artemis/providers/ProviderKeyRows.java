package dev.artemis.providers;

import dev.artemis.shared.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of provider keys, in a transaction of their team. */
@Component
class ProviderKeyRows {

    private static final String COLUMNS = """
            select provider_key_id, provider, name, base_url, last_four, created_at, created_by, status, detail, checked_at
            from provider_keys
            """;

    private final JdbcClient jdbc;

    ProviderKeyRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(TenantId tenant, ProviderKey key, byte[] sealed, Instant checkAt) {
        jdbc.sql("""
                        insert into provider_keys (provider_key_id, tenant_id, provider, name, base_url, sealed, last_four,
                                                   created_at, created_by, check_at)
                        values (:id, :tenant, :provider, :name, :base, :sealed, :four, :at, :by, :check)""")
                .param("id", key.id())
                .param("tenant", tenant.value())
                .param("provider", key.provider().toString())
                .param("name", key.name())
                .param("base", key.baseUrl(), Types.VARCHAR)
                .param("sealed", sealed)
                .param("four", key.lastFour())
                .param("at", key.createdAt().atOffset(ZoneOffset.UTC))
                .param("by", key.createdBy())
                .param("check", checkAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    List<ProviderKey> all() {
        return jdbc.sql(COLUMNS + "order by provider_key_id")
                .query((row, number) -> key(row))
                .list();
    }

    Optional<ProviderKey> find(UUID id) {
        return jdbc.sql(COLUMNS + "where provider_key_id = :id")
                .param("id", id)
                .query((row, number) -> key(row))
                .optional();
    }

    Optional<byte[]> sealed(UUID id) {
        return jdbc.sql("select sealed from provider_keys where provider_key_id = :id")
                .param("id", id)
                .query((row, number) -> row.getBytes("sealed"))
                .optional();
    }

    void answered(UUID id, KeyVerdict verdict, Instant at) {
        jdbc.sql("""
                        update provider_keys set status = :status, detail = :detail, checked_at = :at
                        where provider_key_id = :id""")
                .param("id", id)
                .param("status", verdict.status().toString())
                .param("detail", verdict.detail())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    boolean remove(UUID id) {
        return jdbc.sql("delete from provider_keys where provider_key_id = :id")
                        .param("id", id)
                        .update()
                == 1;
    }

    private static ProviderKey key(ResultSet row) throws SQLException {
        String status = row.getString("status");
        return new ProviderKey(
                Objects.requireNonNull(row.getObject("provider_key_id", UUID.class)),
                Provider.of(row.getString("provider")),
                row.getString("name"),
                row.getString("base_url"),
                row.getString("last_four"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("created_by"),
                status == null ? null : KeyStatus.of(status),
                row.getString("detail"),
                instant(row, "checked_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
