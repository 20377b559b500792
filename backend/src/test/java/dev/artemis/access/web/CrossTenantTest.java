package dev.artemis.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.access.Members;
import dev.artemis.access.PersonalKeys;
import dev.artemis.db.Database;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenants;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Tries to reach another team's rows through every table and every call there is, found in the catalogue and in the mappings. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class CrossTenantTest {

    private static final Caller PLATFORM = new Caller.Platform("test");
    private static final AtomicInteger count = new AtomicInteger();
    private static final String OF_TEAMS = """
            select c.relname from pg_class c
            join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'artemis'
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
            where c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition order by 1""";

    private final RestClient admin;
    private final RequestMappingHandlerMapping mapping;
    private final Database database;
    private final Tenants tenants;
    private final Members members;
    private final PersonalKeys personalKeys;
    private final JdbcClient jdbc;
    private final TenantTransactions transactions;
    private final List<Furnished> furnished = new ArrayList<>();

    CrossTenantTest(
            MockMvcTester mvc,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
            Database database,
            Tenants tenants,
            Members members,
            PersonalKeys personalKeys,
            JdbcClient jdbc,
            TenantTransactions transactions) {
        this.admin = RestClient.admin(mvc);
        this.mapping = mapping;
        this.database = database;
        this.tenants = tenants;
        this.members = members;
        this.personalKeys = personalKeys;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Bodies that would be right, so that nothing but the id stands in the way. */
    private static final Map<String, String> RIGHT = Map.of(
            "POST admin/tenants/{tenant}/projects/{project}/keys/{id}/rotation", "{\"grace_seconds\": 0}",
            "POST reservations/{id}/settle", "{\"tokens_input\": 1, \"tokens_output\": 1}",
            "POST runs/{id}/cancellation", "",
            "POST runs/{id}/repetition", "",
            "PUT admin/tenants/{tenant}/projects/{project}/keys/{id}/budget", "{\"daily_limit\": \"1\"}",
            "POST admin/tenants/{tenant}/members/{id}/invitation", "",
            "POST admin/tenants/{tenant}/provider-keys/{id}/check", "",
            "POST admin/tenants/{tenant}/alert-deliveries/{id}/retry", "",
            "POST admin/tenants/{tenant}/saved-reports/deliveries/{delivery}/repetition", "");

    /** A team with something of everything, and the ids of it all. */
    private record Furnished(String team, RestClient program, RestClient owner, Map<String, String> ids) {}

    @Test
    void rawSqlOfOneTeamSeesAndChangesNothingOfAnother() throws SQLException {
        furnished();
        TenantId me = tenants.named(new Slug(furnished().team())).id();
        List<String> withOthersRows = new ArrayList<>();
        for (String table : tables()) {
            if (othersRows(table, me) > 0) {
                withOthersRows.add(table);
            }
            assertThat(seen(table, me)).as("rows of others in %s", table).isZero();
            assertThat(changed(table, me))
                    .as("rows of others changed in %s", table)
                    .isZero();
            assertThat(seenByNobody(table))
                    .as("rows in %s without a team", table)
                    .isZero();
        }
        assertThat(withOthersRows)
                .as("there was something to see")
                .contains(
                        "tenants",
                        "projects",
                        "memberships",
                        "api_keys",
                        "entries",
                        "holds",
                        "runs",
                        "provider_keys",
                        "data_keys",
                        "audit_entries");
    }

    /** A table without a tenant belongs to everybody: then it may not hang on one that belongs to a team. */
    @Test
    void whatBelongsToNoTeamHangsOnNoTeam() throws SQLException {
        assertThat(owners("""
                select distinct child.relname || ' -> ' || parent.relname from pg_constraint f
                join pg_class child on child.oid = f.conrelid join pg_class parent on parent.oid = f.confrelid
                join pg_namespace n on n.oid = child.relnamespace and n.nspname = 'artemis'
                where f.contype = 'f' and not child.relispartition
                  and exists (select from pg_attribute a where a.attrelid = parent.oid and a.attname = 'tenant_id')
                  and not exists (select from pg_attribute a where a.attrelid = child.oid and a.attname = 'tenant_id')
                """)).isEmpty();
    }

    @Test
    void anotherTeamsIdsAreNothingAtEveryCall() {
        Furnished theirs = furnished();
        Furnished mine = furnished();
        AtomicInteger tried = new AtomicInteger();
        Set<String> rightOnes = new TreeSet<>();
        mapping.getHandlerMethods()
                .forEach((info, handler) -> info.getPatternValues().forEach(pattern -> {
                    String path = pattern.replaceFirst("^/api/v1/", "");
                    String here = path.replace("{tenant}", mine.team()).replace("{project}", "web");
                    if (!pattern.startsWith("/api/v1/") || !here.contains("{") || isThePlatforms(path)) {
                        return;
                    }
                    RestClient client = path.startsWith("admin/") ? mine.owner() : mine.program();
                    for (var method : info.getMethodsCondition().getMethods()) {
                        for (String id : theirs.ids().values()) {
                            boolean hasBody = !List.of("GET", "DELETE").contains(method.name());
                            String right = RIGHT.get(method.name() + " " + path);
                            int status = client.send(
                                            HttpMethod.valueOf(method.name()),
                                            here.replaceAll("\\{[^}]*}", id),
                                            hasBody ? right == null ? "{}" : right : null)
                                    .getResponse()
                                    .getStatus();
                            if (right != null) {
                                rightOnes.add(method.name() + " " + path);
                                assertThat(status)
                                        .as("%s %s with %s", method, path, id)
                                        .isEqualTo(404);
                            }
                            assertThat(status)
                                    .as("%s %s with %s", method, path, id)
                                    .isBetween(400, hasBody ? 499 : 404);
                            tried.incrementAndGet();
                        }
                    }
                }));
        assertThat(tried).hasValueGreaterThan(50);
        assertThat(rightOnes).isEqualTo(RIGHT.keySet());
        assertThat(admin.post("admin/tenants/" + mine.team() + "/projects/web/corrections", """
                        {"entry_id": "%s", "amount": "-0.01", "reason": "not mine"}""".formatted(
                                theirs.ids().get("call"))))
                .hasStatus(404);
        assertThat(RestClient.expect(
                                200,
                                theirs.program()
                                        .get("reservations/" + theirs.ids().get("reservation")))
                        .get("status")
                        .asString())
                .isEqualTo("held");
        assertThat(RestClient.expect(200, theirs.owner().get("admin/tenants/" + theirs.team() + "/projects/web/keys"))
                        .get("items")
                        .size())
                .isEqualTo(1);
    }

    /** Another test of the same database may take what waits in the queue. */
    @AfterEach
    void takeBackWhatWaits() {
        furnished.forEach(each ->
                RestClient.expect(202, each.program().post("runs/" + each.ids().get("run") + "/cancellation", "")));
    }

    private static boolean isThePlatforms(String path) {
        return path.startsWith("admin/") && !path.contains("{tenant}");
    }

    private Furnished furnished() {
        String team = admin.newTeam();
        var key = RestClient.expect(201, admin.post("admin/tenants/" + team + "/projects/web/keys", """
            {"name": "x", "scopes": ["calls:write", "runs:write", "costs:read", "runs:read"]}"""));
        RestClient program = admin.with(key.get("key").asString());
        UserId person = members.person(PLATFORM, "cross-" + count.incrementAndGet() + "@example.org");
        members.put(PLATFORM, tenants.named(new Slug(team)).id(), person, Role.OWNER);
        RestClient owner =
                admin.with(personalKeys.create(PLATFORM, person, "laptop", null).secret());
        Map<String, String> ids = new TreeMap<>();
        ids.put("key", key.get("id").asString());
        ids.put("member", person.toString());
        ids.put("call", id(program.post("calls", """
            {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""")));
        ids.put("reservation", id(program.post("reservations", """
            {"model": "gpt-4o", "tokens_input": 50, "max_tokens_output": 20, "stage": "development"}""")));
        ids.put(
                "run",
                RestClient.expect(202, program.post("runs", """
            {"language": "python", "code": "print(1)"}""")).get("id").asString());
        ids.put("provider-key", id(owner.post("admin/tenants/" + team + "/provider-keys", """
            {"provider": "mistral", "name": "x", "secret": "abcdefghijklmnopqrstuvwxyzABCDEF"}""")));
        ids.put("channel", id(owner.post("admin/tenants/" + team + "/alert-channels", """
            {"kind": "email", "target": "cross@example.org"}""")));
        ids.put("report", id(owner.post("admin/tenants/" + team + "/saved-reports", "{\"name\": \"x\"}")));
        Furnished whole = new Furnished(team, program, owner, ids);
        furnished.add(whole);
        return whole;
    }

    private static String id(org.springframework.test.web.servlet.assertj.MvcTestResult answer) {
        return RestClient.expect(201, answer).get("id").asString();
    }

    private long seen(String table, TenantId me) {
        try {
            return transactions.inTenant(
                    me,
                    () -> jdbc.sql("select count(*) from " + table + " where tenant_id <> :me")
                            .param("me", me.value())
                            .query(Long.class)
                            .single());
        } catch (RuntimeException denied) {
            assertThat(denied).hasStackTraceContaining("permission denied");
            return 0;
        }
    }

    private long seenByNobody(String table) {
        try {
            return transactions.acrossTenants(
                    () -> jdbc.sql("select count(*) from " + table + " where tenant_id is not null")
                            .query(Long.class)
                            .single());
        } catch (RuntimeException denied) {
            assertThat(denied).hasStackTraceContaining("permission denied");
            return 0;
        }
    }

    private long changed(String table, TenantId me) {
        try {
            return transactions.inTenant(me, () -> (long) jdbc.sql("delete from " + table + " where tenant_id <> :me")
                    .param("me", me.value())
                    .update());
        } catch (RuntimeException denied) {
            assertThat(denied).hasStackTraceContaining("permission denied");
            return 0;
        }
    }

    private long othersRows(String table, TenantId me) throws SQLException {
        return Long.parseLong(owners("select count(*)::text from artemis." + table + " where tenant_id <> '" + me + "'")
                .getFirst());
    }

    private List<String> tables() throws SQLException {
        List<String> tables = owners(OF_TEAMS);
        assertThat(tables).hasSizeGreaterThan(15);
        return tables;
    }

    private List<String> owners(String sql) throws SQLException {
        var owner = database.owner();
        List<String> rows = new ArrayList<>();
        try (var connection = DriverManager.getConnection(owner.url(), owner.username(), owner.password());
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
