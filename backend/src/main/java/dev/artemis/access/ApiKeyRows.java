package dev.artemis.access;

import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Scope;
import dev.artemis.shared.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of projects' keys, in a transaction of their team. */
@Component
class ApiKeyRows {

    private static final String COLUMNS = """
            select key_id, project_id, name, scopes, created_at, created_by, expires_at, rotated_at,
                   case when previous_until > :now then previous_until end as grace_until, last_used_at
            from api_keys where revoked_at is null
            """;

    private static final String OF_PROJECT = COLUMNS + " and project_id = :project ";

    private final JdbcClient jdbc;

    ApiKeyRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(TenantId tenant, ApiKey key, byte[] hash) {
        jdbc.sql("""
                        insert into api_keys (key_id, tenant_id, project_id, name, scopes, secret_hash, created_at,
                                              created_by, expires_at)
                        values (:id, :tenant, :project, :name, :scopes, :hash, :at, :by, :expires)""")
                .param("id", key.id().value())
                .param("tenant", tenant.value())
                .param("project", key.project().value())
                .param("name", key.name())
                .param("scopes", key.scopes().stream().map(Scope::toString).toArray(String[]::new))
                .param("hash", hash)
                .param("at", time(key.createdAt()))
                .param("by", key.createdBy())
                .param("expires", time(key.expiresAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    List<ApiKey> all(ProjectId project, Instant now) {
        return jdbc.sql(OF_PROJECT + "order by key_id")
                .param("project", project.value())
                .param("now", time(now))
                .query((row, number) -> key(row))
                .list();
    }

    /** Of all projects of the transaction's team. */
    List<ApiKey> all(TenantId tenant, Instant now) {
        return jdbc.sql(COLUMNS + " and tenant_id = :tenant order by key_id")
                .param("tenant", tenant.value())
                .param("now", time(now))
                .query((row, number) -> key(row))
                .list();
    }

    Optional<ApiKey> locked(ProjectId project, KeyId id, Instant now) {
        return jdbc.sql(OF_PROJECT + "and key_id = :id for update")
                .param("project", project.value())
                .param("id", id.value())
                .param("now", time(now))
                .query((row, number) -> key(row))
                .optional();
    }

    void rotate(KeyId id, byte[] hash, Instant now, Instant previousUntil) {
        jdbc.sql("""
                        update api_keys
                        set previous_hash = secret_hash, previous_until = :until, secret_hash = :hash, rotated_at = :now
                        where key_id = :id""")
                .param("id", id.value())
                .param("hash", hash)
                .param("now", time(now))
                .param("until", time(previousUntil))
                .update();
    }

    void revoke(KeyId id, Instant now) {
        jdbc.sql("update api_keys set revoked_at = :now where key_id = :id")
                .param("id", id.value())
                .param("now", time(now))
                .update();
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                new KeyId(row.getObject("key_id", UUID.class)),
                new ProjectId(row.getObject("project_id", UUID.class)),
                row.getString("name"),
                Arrays.stream((String[]) row.getArray("scopes").getArray())
                        .map(Scope::of)
                        .collect(Collectors.toSet()),
                Objects.requireNonNull(instant(row, "created_at")),
                row.getString("created_by"),
                instant(row, "expires_at"),
                instant(row, "rotated_at"),
                instant(row, "grace_until"),
                instant(row, "last_used_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
