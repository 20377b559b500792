package dev.artemis.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowLevelSecurityTest {

    private static final Database database = TestDatabase.fresh();

    @Test
    void appRoleIsNeitherOwnerNorSuperuserNorBypassingRowLevelSecurity() throws SQLException {
        List<String> privileged = strings(database.owner(), """
                select rolname from pg_roles
                where rolname = 'artemis_app' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)
                union all
                select relname from pg_class where pg_get_userbyid(relowner) = 'artemis_app'
                """);

        assertThat(privileged).isEmpty();
    }

    @Test
    void everyTableWithATenantHasRowLevelSecurityAndAPolicy() throws SQLException {
        List<String> open = strings(database.owner(), """
                select c.relname from pg_class c
                join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'artemis'
                join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
                where c.relkind in ('r', 'p') and not c.relispartition
                  and (not c.relrowsecurity or not exists (select from pg_policy p where p.polrelid = c.oid))
                """);

        assertThat(open).isEmpty();
    }

    /** A policy that lets all through is one, too. */
    @Test
    void everyPolicyAsksWhoseTheRowIs() throws SQLException {
        List<String> policies = strings(database.owner(), """
                select tablename || ': ' || coalesce(qual, with_check) from pg_policies where schemaname = 'artemis'
                """);

        assertThat(policies)
                .hasSizeGreaterThan(20)
                .allMatch(policy -> policy.contains("tenant_id") && policy.contains("current_tenant()"));
    }

    @Test
    void nothingIsGrantedOnPartitionsWhichIgnoreTheirParentsPolicies() throws SQLException {
        List<String> granted = strings(database.owner(), """
                select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'artemis'
                where c.relispartition and c.relkind = 'r'
                  and has_table_privilege('artemis_app', c.oid, 'select, insert, update, delete')
                """);

        assertThat(granted).isEmpty();
    }

    @Test
    void everyDoorFixesItsSearchPathAndIsClosedToThePublic() throws SQLException {
        List<String> careless = strings(database.owner(), """
                select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace and n.nspname = 'door'
                where not p.prosecdef
                   or not coalesce(p.proconfig::text like '%search_path=artemis, pg_temp%', false)
                   or exists (select from aclexplode(p.proacl) a where a.grantee = 0)
                """);

        assertThat(careless).isEmpty();
    }

    @Test
    void rawSqlSeesOnlyTheTenantThatTheTransactionActsFor() throws SQLException {
        UUID mine = UUID.randomUUID();
        UUID theirs = UUID.randomUUID();
        addTenant(mine, "mine");
        addTenant(theirs, "theirs");

        assertThat(tenantsSeenBy(mine)).containsExactly("mine");
        assertThat(tenantsSeenBy(null)).isEmpty();
    }

    @Test
    void aRowOfAnotherTenantCannotBeWritten() {
        assertThatThrownBy(() -> {
                    try (Connection connection = open(database.app())) {
                        actFor(connection, UUID.randomUUID());
                        insertTenant(connection, UUID.randomUUID(), "smuggled");
                    }
                })
                .hasMessageContaining("row-level security");
    }

    private static void addTenant(UUID id, String slug) throws SQLException {
        try (Connection connection = open(database.app())) {
            actFor(connection, id);
            insertTenant(connection, id, slug);
            connection.commit();
        }
    }

    private static void insertTenant(Connection connection, UUID id, String slug) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into artemis.tenants (tenant_id, slug, name, time_zone, created_at) values (?, ?, ?, 'UTC', now())")) {
            insert.setObject(1, id);
            insert.setString(2, slug);
            insert.setString(3, slug);
            insert.executeUpdate();
        }
    }

    private static List<String> tenantsSeenBy(@Nullable UUID tenant) throws SQLException {
        try (Connection connection = open(database.app())) {
            actFor(connection, tenant);
            return strings(connection, "select slug from artemis.tenants");
        }
    }

    private static void actFor(Connection connection, @Nullable UUID tenant) throws SQLException {
        connection.setAutoCommit(false);
        try (var set = connection.prepareStatement("select set_config('app.tenant_id', ?, true)")) {
            set.setString(1, tenant == null ? "" : tenant.toString());
            set.execute();
        }
    }

    private static Connection open(DatabaseLogin login) throws SQLException {
        return DriverManager.getConnection(login.url(), login.username(), login.password());
    }

    private static List<String> strings(DatabaseLogin login, String sql) throws SQLException {
        try (Connection connection = open(login)) {
            return strings(connection, sql);
        }
    }

    private static List<String> strings(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
