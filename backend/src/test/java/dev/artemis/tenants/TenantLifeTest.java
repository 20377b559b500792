package dev.artemis.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.OnDatabase;
import dev.artemis.access.web.RestClient;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Slug;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class TenantLifeTest {

    private static final String CALL = """
            {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""";

    private final RestClient admin;
    private final Tenants tenants;
    private final TenantExport export;
    private final EraseTenants eraser;
    private final JdbcClient jdbc;
    private final TenantTransactions transactions;

    TenantLifeTest(
            MockMvcTester mvc, Tenants tenants, TenantExport export, JdbcClient jdbc, TenantTransactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.admin = RestClient.admin(mvc);
        this.tenants = tenants;
        this.export = export;
        this.eraser = new EraseTenants(new DeletionSettings(Duration.ofDays(30)), jdbc, transactions);
    }

    @Test
    void aSuspendedTeamReadsAndARestoredOneGoesOn() {
        String team = admin.newTeam();
        RestClient program = admin.with(key(team));
        RestClient.expect(201, program.post("calls", CALL));

        RestClient.expect(200, admin.patch("admin/tenants/" + team, "{\"suspended\": true}"));
        assertThat(RestClient.code(403, program.post("calls", CALL))).isEqualTo("tenant-suspended");
        RestClient.expect(200, program.get("costs"));

        RestClient.expect(200, admin.patch("admin/tenants/" + team, "{\"suspended\": false}"));
        RestClient.expect(201, program.post("calls", CALL));
    }

    @Test
    void itsDataIsExportedWithoutSecretsAndWithoutOthers() throws IOException {
        String mine = admin.newTeam();
        String theirs = admin.newTeam();
        String myKey = key(mine);
        key(theirs);
        RestClient.expect(201, admin.with(myKey).post("calls", CALL));

        Map<String, String> files = exported(mine);

        assertThat(files.keySet())
                .contains(
                        "tenants.jsonl",
                        "projects.jsonl",
                        "entries.jsonl",
                        "api_keys.jsonl",
                        "members.jsonl",
                        "audit_entries.jsonl")
                .doesNotContain("data_keys.jsonl");
        String everything = String.join("", files.values());
        assertThat(files.get("entries.jsonl")).contains("0.0325");
        assertThat(everything)
                .contains("\"" + mine + "\"")
                .doesNotContain("\"" + theirs + "\"")
                .doesNotContain("secret_hash")
                .doesNotContain(tenants.named(new Slug(theirs)).id().toString())
                .doesNotContain(myKey);
    }

    @Test
    void aDeletedTeamIsErasedAfterItsGraceAndItsLedgerStays() throws IOException {
        String team = admin.newTeam();
        String key = key(team);
        RestClient.expect(201, admin.with(key).post("calls", CALL));
        RestClient.expect(201, admin.post("admin/tenants/" + team + "/members", """
            {"email": "leaving-%s@example.org", "role": "OWNER"}""".formatted(team)));
        RestClient.expect(201, admin.post("admin/tenants/" + team + "/alert-channels", """
            {"kind": "email", "target": "told-%s@example.org"}""".formatted(team)));
        RestClient.expect(201, admin.post("admin/tenants/" + team + "/saved-reports", """
            {"name": "Monthly", "rhythm": "monthly", "recipients": ["reader-%s@example.org"]}""".formatted(team)));
        RestClient.expect(204, admin.delete("admin/tenants/" + team));

        eraser.erase(Duration.ofDays(30));
        Map<String, String> withinItsGrace = exported(team);
        assertThat(withinItsGrace.get("members.jsonl")).contains("leaving");
        assertThat(withinItsGrace.get("alert_channels.jsonl")).contains("told-");
        assertThat(withinItsGrace.get("saved_reports.jsonl")).contains("reader-");
        eraser.erase(Duration.ZERO);

        Map<String, String> left = exported(team);
        assertThat(left.get("members.jsonl")).isEmpty();
        assertThat(left.get("alert_channels.jsonl")).as("addresses of alerts").isEmpty();
        assertThat(left.get("saved_reports.jsonl")).as("addresses of reports").isEmpty();
        assertThat(left.get("entries.jsonl")).contains("0.0325");
        assertThat(left.get("audit_entries.jsonl")).contains("tenant.erased");
        assertThat(RestClient.code(409, admin.patch("admin/tenants/" + team, "{\"suspended\": false}")))
                .isEqualTo("tenant-erased");
    }

    @Test
    void anErasureThatIsTakenBackLeavesNothingInTheLogAndOneThatStandsLeavesOneEntry() throws IOException {
        String team = admin.newTeam();
        RestClient.expect(204, admin.delete("admin/tenants/" + team));

        assertThatThrownBy(() -> transactions.acrossTenants(() -> {
                    erased(team);
                    throw new IllegalStateException("the server ends here");
                }))
                .hasMessage("the server ends here");
        assertThat(exported(team).get("audit_entries.jsonl")).doesNotContain("tenant.erased");
        transactions.acrossTenants(() -> erased(team));

        assertThat(Objects.requireNonNull(exported(team).get("audit_entries.jsonl"))
                        .lines()
                        .filter(line -> line.contains("tenant.erased")))
                .singleElement()
                .asString()
                .contains("deletion after grace", team);
    }

    private List<String> erased(String team) {
        List<String> slugs = jdbc.sql("select slug from door.erase_tenants(interval '0', 100)")
                .query(String.class)
                .list();
        assertThat(slugs).contains(team);
        return slugs;
    }

    private Map<String, String> exported(String team) throws IOException {
        var bytes = new ByteArrayOutputStream();
        export.write(tenants.named(new Slug(team)).id(), bytes);
        Map<String, String> files = new TreeMap<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private String key(String team) {
        return RestClient.expect(201, admin.post("admin/tenants/" + team + "/projects/web/keys", """
            {"name": "x", "scopes": ["calls:write", "runs:write", "costs:read", "runs:read"]}"""))
                .get("key")
                .asString();
    }
}
