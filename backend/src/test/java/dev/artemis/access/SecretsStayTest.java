package dev.artemis.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.access.web.RestClient;
import dev.artemis.db.Database;
import dev.artemis.shared.Caller;
import dev.artemis.shared.UserId;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** Uses every kind of secret, rightly and wrongly, and looks for it in what is printed, answered and kept. */
@OnDatabase
@ExtendWith(OutputCaptureExtension.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class SecretsStayTest {

    private static final Caller.Admin ADMIN = new Caller.Admin(null, "admin");
    private static final String PASSWORD = "correct horse staple battery";

    private final RestClient admin;
    private final Users users;
    private final PersonalKeys personalKeys;
    private final AccessLinks links;
    private final SecondFactors factors;
    private final Database database;

    SecretsStayTest(
            MockMvcTester mvc,
            Users users,
            PersonalKeys personalKeys,
            AccessLinks links,
            SecondFactors factors,
            Database database) {
        this.admin = RestClient.admin(mvc);
        this.users = users;
        this.personalKeys = personalKeys;
        this.links = links;
        this.factors = factors;
        this.database = database;
    }

    @Test
    void noSecretIsPrintedAnsweredAgainOrKept(CapturedOutput printed) throws SQLException {
        var loud = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger("dev.artemis");
        var before = loud.getLevel();
        loud.setLevel(ch.qos.logback.classic.Level.TRACE);
        Map<String, String> secrets = new LinkedHashMap<>();
        List<String> answers = new ArrayList<>();
        try {
            useAll(secrets, answers);
        } finally {
            loud.setLevel(before);
        }

        String everythingKept = String.join("\n", everythingKept());
        secrets.forEach((what, secret) -> {
            assertThat(printed.getAll()).as("%s is printed", what).doesNotContain(secret);
            assertThat(String.join("\n", answers))
                    .as("%s is answered again", what)
                    .doesNotContain(secret);
            assertThat(everythingKept.contains(secret)).as("%s is kept", what).isFalse();
        });
        assertThat(everythingKept).as("the search sees what is there").contains("secrets-stay@example.org");
    }

    private void useAll(Map<String, String> secrets, List<String> answers) {
        String team = admin.newTeam();
        String keys = "admin/tenants/" + team + "/projects/web/keys";
        var made = RestClient.expect(201, admin.post(keys, """
            {"name": "x", "scopes": ["costs:read"]}"""));
        String key = made.get("key").asString();
        secrets.put("a project's key", key);
        var rotated = RestClient.expect(
                200, admin.post(keys + "/" + made.get("id").asString() + "/rotation", "{\"grace_seconds\": 60}"));
        secrets.put("a rotated key", rotated.get("key").asString());

        UserId person = users.addOrFind(ADMIN, "secrets-stay@example.org");
        users.setPassword(ADMIN, person, PASSWORD);
        secrets.put("a password", PASSWORD);
        secrets.put(
                "a personal key",
                personalKeys.create(ADMIN, person, "laptop", null).secret());
        secrets.put("a link", links.reset(ADMIN, person).link().text());
        SignedIn me = new SignedIn(person.value(), "secrets-stay@example.org", null);
        SecondFactors.Begun begun = factors.begin(me);
        secrets.put("a second factor", begun.secret());
        factors.confirm(me, Totp.codeAt(begun.secret(), Clock.systemUTC().instant()))
                .forEach(code -> secrets.put("recovery code " + code.substring(0, 2), code));
        secrets.put("the admin key", OnDatabase.ADMIN_KEY);
        secrets.put("the master key", OnDatabase.MASTER_KEY);
        String provider = "sk-proj-ThisIsASecretOfAProvider0123456789";
        secrets.put("a provider's key", provider);
        String providerKeys = "admin/tenants/" + team + "/provider-keys";
        answers.add(RestClient.body(admin.post(providerKeys, """
            {"provider": "openai", "name": "x", "secret": "%s"}""".formatted(provider))));
        answers.add(RestClient.body(admin.post(providerKeys, """
            {"provider": "anthropic", "name": "x", "secret": "%s"}""".formatted(provider))));
        answers.add(RestClient.body(admin.post(providerKeys, """
            {"provider": "openai", "name": "x", "secret": ["%s"]}""".formatted(provider))));
        answers.add(RestClient.body(admin.post(providerKeys, """
            {"provider": "openai", "name": "x", "secret": "%s", "%s": 1}""".formatted(provider, "more"))));

        RestClient program = admin.with(rotated.get("key").asString());
        for (String path : List.of("costs", "calls", "runs/x", "statistics", "nowhere", "admin/tenants", keys)) {
            answers.add(RestClient.body(program.get(path)));
            answers.add(RestClient.body(admin.with(key + "x").get(path)));
        }
        answers.add(RestClient.body(program.post("calls", "{\"model\": 1}")));
        answers.add(RestClient.body(admin.get(keys)));
        answers.add(RestClient.body(admin.get(providerKeys)));
        answers.add(RestClient.body(admin.get("admin/audit")));
        answers.add(RestClient.body(admin.get("admin/health-report")));
        answers.add(RestClient.body(admin.get("admin/people")));
    }

    /** Every row of every table, as text, with the owner's eyes. */
    private List<String> everythingKept() throws SQLException {
        var owner = database.owner();
        List<String> rows = new ArrayList<>();
        try (var connection = DriverManager.getConnection(owner.url(), owner.username(), owner.password())) {
            List<String> tables = new ArrayList<>();
            try (var statement = connection.createStatement();
                    var result = statement.executeQuery(
                            "select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                                    + " where n.nspname = 'artemis' and relkind = 'r'")) {
                while (result.next()) {
                    tables.add(result.getString(1));
                }
            }
            for (String table : tables) {
                try (var statement = connection.createStatement();
                        var result = statement.executeQuery("select t::text from artemis." + table + " t")) {
                    while (result.next()) {
                        rows.add(result.getString(1));
                    }
                }
            }
        }
        return rows;
    }
}
