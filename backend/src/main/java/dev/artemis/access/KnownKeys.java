package dev.artemis.access;

import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Role;
import dev.artemis.shared.Scope;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.UserId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks keys up across all teams, through their door. */
@Component
class KnownKeys {

    private static final String COLUMNS = """
            select key_id, secret_hash, previous_hash, previous_until, expires_at, revoked, last_used_at,
                   tenant_id, tenant_suspended, project_id, scopes,
                   user_id, email, platform_role, member_of, member_roles
            from\s""";

    private final JdbcClient jdbc;
    private final Counter lookUps;
    private final Counter refreshes;

    KnownKeys(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.lookUps = Counter.builder("artemis.key.lookups")
                .description("How often a request waited for the database to tell of its key")
                .register(meters);
        this.refreshes = Counter.builder("artemis.key.refreshes")
                .description("How often the database was asked about all keys in use together, while no request waited")
                .register(meters);
    }

    Optional<KnownKey> find(KeyId id) {
        lookUps.increment();
        return jdbc.sql(COLUMNS + "door.key_by_id(:id)")
                .param("id", id.value())
                .query((row, number) -> known(row))
                .optional();
    }

    /** Those that there are, in one question. */
    Map<KeyId, KnownKey> findAll(Collection<KeyId> ids) {
        refreshes.increment();
        Map<KeyId, KnownKey> found = new HashMap<>();
        jdbc.sql(COLUMNS + "door.keys_by_ids(:ids::uuid[])")
                .param("ids", ids.stream().map(KeyId::toString).collect(Collectors.joining(",", "{", "}")))
                .query((row, number) -> known(row))
                .list()
                .forEach(key -> found.put(key.holder().key(), key));
        return found;
    }

    /** Notes that the key was used, to the minute. */
    void used(KeyId id) {
        jdbc.sql("select door.key_used(:id)").param("id", id.value()).query(row -> {
            // a function without a result still answers with a row
        });
    }

    private static KnownKey known(ResultSet row) throws SQLException {
        return new KnownKey(
                holder(row),
                row.getBytes("secret_hash"),
                row.getBytes("previous_hash"),
                instant(row, "previous_until"),
                instant(row, "expires_at"),
                row.getBoolean("revoked"),
                instant(row, "last_used_at"));
    }

    private static KeyHolder holder(ResultSet row) throws SQLException {
        KeyId id = new KeyId(uuid(row, "key_id"));
        if (row.getObject("tenant_id") != null) {
            Set<Scope> scopes =
                    Arrays.stream(texts(row.getArray("scopes"))).map(Scope::of).collect(Collectors.toSet());
            return new KeyHolder.Program(
                    id,
                    new TenantId(uuid(row, "tenant_id")),
                    row.getBoolean("tenant_suspended"),
                    new ProjectId(uuid(row, "project_id")),
                    scopes,
                    "key " + id);
        }
        String platform = row.getString("platform_role");
        if (row.getObject("user_id") == null) {
            return new KeyHolder.Administrator(id, "admin key " + id);
        }
        return new KeyHolder.Person(
                id,
                new UserId(uuid(row, "user_id")),
                platform == null ? null : PlatformRole.valueOf(platform),
                roles(row),
                row.getString("email"));
    }

    private static Map<TenantId, Role> roles(ResultSet row) throws SQLException {
        if (row.getArray("member_of") == null) {
            return Map.of();
        }
        UUID[] tenants = (UUID[]) row.getArray("member_of").getArray();
        String[] names = texts(row.getArray("member_roles"));
        Map<TenantId, Role> roles = new HashMap<>();
        for (int i = 0; i < tenants.length; i++) {
            roles.put(new TenantId(tenants[i]), Role.valueOf(names[i]));
        }
        return roles;
    }

    private static String[] texts(Array array) throws SQLException {
        return (String[]) array.getArray();
    }

    private static UUID uuid(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
