package dev.artemis.access.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.OnDatabase;
import dev.artemis.access.Members;
import dev.artemis.access.PersonalKeys;
import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenants;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** The log is looked through, taken along as a file, and never changed. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class AuditApiTest {

    private static final Caller TEST = new Caller.Platform("test");
    private static final AtomicInteger count = new AtomicInteger();

    private final RestClient admin;
    private final RestClient owner;
    private final JdbcClient jdbc;
    private final TenantTransactions transactions;
    private final Audit audit;
    private final String team;
    private final TenantId id;

    AuditApiTest(
            MockMvcTester mvc,
            JdbcClient jdbc,
            TenantTransactions transactions,
            Audit audit,
            Tenants tenants,
            Members members,
            PersonalKeys keys) {
        this.admin = RestClient.admin(mvc);
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.audit = audit;
        this.team = admin.newTeam();
        this.id = tenants.named(new Slug(team)).id();
        UserId person = members.person(TEST, "auditor-" + count.incrementAndGet() + "@example.org");
        members.put(TEST, id, person, Role.OWNER);
        this.owner = admin.with(keys.create(TEST, person, "laptop", null).secret());
    }

    @Test
    void isFilteredByWhoWhatAndWhen() {
        String all = "admin/tenants/" + team + "/audit";
        assertThat(actions(all + "?action=project.")).containsExactly("project.created");
        assertThat(actions(all + "?actor=TEST")).containsExactly("member.put");
        assertThat(actions(all + "?to=2020-01-01T00:00:00Z")).isEmpty();
        assertThat(actions(all + "?from=2020-01-01T00:00:00Z")).hasSize(3);
    }

    @Test
    void aFileHasTheTeamsOwnAndNoFormula() {
        transactions.inTenant(
                id,
                () -> audit.record(
                        new Caller.Platform("=cmd()"), new Change(Action.KEY_CREATED, id, "@SUM(1)", null, null)));
        admin.newTeam();

        List<String> lines = lines(owner.get("admin/tenants/" + team + "/audit/export"));

        assertThat(lines.getFirst()).isEqualTo("id,at,actor,address,tenant,action,subject,before,after");
        assertThat(lines).hasSize(5).anySatisfy(line -> assertThat(line).contains(",'=cmd(),", ",'@SUM(1),"));
        assertThat(lines.subList(1, 5)).allSatisfy(line -> assertThat(line).contains("," + team + ","));
        assertThat(lines(admin.get("admin/audit/export?tenant=" + team))).isEqualTo(lines);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_entries set actor = 'nobody'",
                "delete from audit_entries",
                "truncate audit_entries"
            })
    void nobodyChangesWhatIsWritten(String sql) {
        assertThatThrownBy(() -> transactions.inTenant(id, () -> jdbc.sql(sql).update()))
                .hasStackTraceContaining("permission denied");
    }

    private List<String> actions(String path) {
        return RestClient.expect(200, owner.get(path))
                .get("items")
                .valueStream()
                .map(entry -> entry.get("action").asString())
                .toList();
    }

    private static List<String> lines(MvcTestResult file) {
        assertThat(file).hasStatus(200);
        return RestClient.body(file).lines().toList();
    }
}
