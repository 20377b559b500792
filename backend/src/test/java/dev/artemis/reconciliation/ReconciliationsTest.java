package dev.artemis.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.TestTeam;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ReconciliationsTest {

    private final MockMvcTester mvc;
    private final JsonMapper json;
    private final Clock clock;

    ReconciliationsTest(MockMvcTester mvc, JsonMapper json, Clock clock) {
        this.mvc = mvc;
        this.json = json;
        this.clock = clock;
    }

    @Test
    void aBillIsHeldAgainstTheLedgerAndKept() {
        TestTeam team = TestTeam.fresh(mvc, json);
        LocalDate yesterday =
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1);
        // the provider counts a call when it happened, also where it was recorded a day later
        team.post("/calls", """
                {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development",
                 "occurred_at": "%sT12:00:00Z"}""".formatted(yesterday));
        team.post("/calls", """
                {"model": "claude-3-5-sonnet", "tokens_input": 1, "tokens_output": 1, "stage": "development"}""");

        JsonNode done = team.json(upload(team, "october.csv", "", """
                start_time_iso,amount_value,amount_currency,line_item
                %1$sT00:00:00+00:00,0.0125,usd,"gpt-4o-2024-08-06, input"
                %1$sT00:00:00+00:00,0.02,usd,"gpt-4o-2024-08-06, output"
                %1$sT00:00:00+00:00,7,usd,"o1-2024-12-17, output"
                """.formatted(yesterday)));

        assertThat(done.get("layout").asString()).isEqualTo("openai-costs");
        assertThat(done.get("ledger").asString()).isEqualTo("0.0325");
        assertThat(done.get("billed").asString()).isEqualTo("7.0325");
        assertThat(done.get("difference").asString()).isEqualTo("7");
        assertThat(done.get("findings").toString())
                .contains("\"not-in-ledger\"")
                .doesNotContain("claude");
        String kept = "/admin/tenants/" + team.slug() + "/reconciliations/"
                + done.get("id").asString();
        assertThat(team.json(team.admin().get(kept)).get("findings")).isEqualTo(done.get("findings"));
        assertThat(team.admin().get("/admin/tenants/" + team.slug() + "/reconciliations"))
                .bodyJson()
                .isLenientlyEqualTo("{\"items\": [{\"file\": \"october.csv\", \"difference\": \"7\"}]}");
        TestTeam other = TestTeam.fresh(mvc, json);
        assertThat(team.admin().get(kept.replace(team.slug(), other.slug()))).hasStatus(404);
        assertThat(team.get(kept)).hasStatus(403);
    }

    @Test
    void aBillOfOneAccountIsHeldAgainstAllTeamsThatUseIt() {
        TestTeam one = TestTeam.fresh(mvc, json);
        TestTeam other = TestTeam.fresh(mvc, json, "Asia/Tokyo");
        // a model of our own: other tests' teams are in the ledger too
        String model = "account-" + UUID.randomUUID();
        assertThat(one.admin().post("/admin/prices", """
                {"provider": "acme", "model": "%s", "rates": {"input": "0.001", "output": "0.002"}}""".formatted(model))).hasStatus(201);
        for (TestTeam team : List.of(one, other, other)) {
            assertThat(team.post("/calls", """
                    {"model": "%s", "tokens_input": 1000, "tokens_output": 500, "stage": "s"}""".formatted(model))).hasStatus(201);
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        String all = "/admin/reconciliations";

        MvcTestResult uploaded = post(
                one,
                all + "?name=account.csv&day_column=day&model_column=what&cost_column=usd&provider=acme",
                "day,what,usd\n%s,%s,7.5\n".formatted(today, model));

        assertThat(uploaded).hasStatus(201);
        JsonNode done = one.json(uploaded);
        JsonNode finding = StreamSupport.stream(done.get("findings").spliterator(), false)
                .filter(each -> each.get("model").asString().equals(model))
                .findFirst()
                .orElseThrow();
        assertThat(finding.get("ledger").asString()).isEqualTo("6");
        assertThat(finding.get("difference").asString()).isEqualTo("1.5");
        assertThat(finding.get("ledger_tokens").asLong()).isEqualTo(4_500);
        String id = done.get("id").asString();
        assertThat(one.json(one.admin().get(all + "/" + id)).get("findings")).isEqualTo(done.get("findings"));
        assertThat(one.admin().get(all)).bodyText().contains("account.csv");
        assertThat(one.admin().get("/admin/tenants/" + one.slug() + "/reconciliations/" + id))
                .as("it is no team's")
                .hasStatus(404);
        assertThat(one.admin().get(all + "/" + UUID.randomUUID())).hasStatus(404);
        assertThat(one.get(all)).hasStatus(403);
        assertThat(one.get(all + "/" + id)).hasStatus(403);
        assertThat(post(one, all, "no,such,layout\n1,2,3\n")).hasStatus(422);
    }

    @Test
    void aProviderIsOneOfTheLedgersInSmallLettersOrCapitals() {
        TestTeam team = TestTeam.fresh(mvc, json);
        String bill = "day,what,usd\n%s,gpt-4o,7\n".formatted(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        String columns = "&day_column=day&model_column=what&cost_column=usd&provider=";
        assertThat(upload(team, "x.csv", columns + "azure", bill))
                .as("nothing is recorded yet")
                .hasStatus(201);
        assertThat(team.post("/calls", """
                {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "s"}""")).hasStatus(201);

        for (String provider : List.of("openai", "OpenAI")) {
            assertThat(upload(team, "x.csv", columns + provider, bill))
                    .as(provider)
                    .hasStatus(201)
                    .bodyJson()
                    .extractingPath("$.ledger")
                    .isEqualTo("0.0325");
        }
        assertThat(upload(team, "x.csv", columns + "openia", bill))
                .hasStatus(422)
                .bodyJson()
                .isLenientlyEqualTo("""
                {"errors": [{"field": "provider", "message": "one of the ledger's: openai"}]}""");
    }

    @Test
    void aBillOfTokensHasNoDollarsAndIsHeldAgainstTheLedgersTokens() {
        TestTeam team = TestTeam.fresh(mvc, json);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        team.post("/calls", """
                {"model": "gpt-4o", "tokens_input": 5000, "tokens_cache_read": 300, "tokens_output": 2000, "stage": "s"}""");
        assertThat(team.admin().post("/admin/prices", """
                {"provider": "anthropic", "model": "claude-test", "rates": {"input": "0.001", "output": "0.002",
                 "cache_read": "0.0001", "cache_write_5m": "0.002", "cache_write_1h": "0.003"}}""")).hasStatus(201);
        assertThat(team.post("/calls", """
                {"model": "claude-test", "tokens_input": 10, "tokens_cache_read": 20, "tokens_cache_write_5m": 30,
                 "tokens_cache_write_1h": 40, "tokens_output": 50, "stage": "s"}""")).hasStatus(201);

        JsonNode openai = team.json(upload(team, "openai.csv", "", """
                start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,model,input_tokens,output_tokens,input_cached_tokens
                ,,%1$sT00:00:00+00:00,,proj_1,1,gpt-4o-2024-08-06,5300,2000,300
                ,,%1$sT00:00:00+00:00,,proj_2,1,gpt-4o-2024-08-06,70,0,0
                """.formatted(today)));
        JsonNode anthropic = team.json(upload(team, "anthropic.csv", "", """
                usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count
                %s,claude-test,key,Default,standard,200k,10,30,40,20,50,0
                """.formatted(today)));

        assertThat(openai.get("layout").asString()).isEqualTo("openai-usage");
        assertThat(openai.get("billed").isNull()).isTrue();
        assertThat(openai.get("difference").isNull()).isTrue();
        assertThat(openai.get("ledger_tokens").asLong()).isEqualTo(7_300);
        assertThat(openai.get("billed_tokens").asLong()).isEqualTo(7_370);
        assertThat(openai.get("difference_tokens").asLong()).isEqualTo(70);
        assertThat(openai.get("findings").get(0).get("difference").isNull()).isTrue();
        assertThat(openai.get("findings").get(0).get("difference_tokens").asLong())
                .isEqualTo(70);
        assertThat(anthropic.get("layout").asString()).isEqualTo("anthropic-usage");
        assertThat(anthropic.get("billed").isNull()).isTrue();
        assertThat(anthropic.get("ledger_tokens").asLong()).isEqualTo(150);
        assertThat(anthropic.get("billed_tokens").asLong()).isEqualTo(150);
        assertThat(anthropic.get("difference_tokens").asLong()).isZero();
        assertThat(anthropic.get("findings").get(0).get("reasons")).isEmpty();
        for (JsonNode done : List.of(openai, anthropic)) {
            assertThat(team.json(team.admin()
                            .get("/admin/tenants/" + team.slug() + "/reconciliations/"
                                    + done.get("id").asString())))
                    .isEqualTo(done);
        }
    }

    @Test
    void aBillInAnotherEncodingIsRefused() {
        TestTeam team = TestTeam.fresh(mvc, json);
        byte[] latin = "day,what,usd,note\n2026-10-05,x,1,ok\n2026-10-05,x,1,für Müller\n"
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(team.mvc()
                        .post()
                        .uri("/api/v1/admin/tenants/" + team.slug()
                                + "/reconciliations?day_column=day&model_column=what&cost_column=usd")
                        .header("Authorization", "Bearer " + OnDatabase.ADMIN_KEY)
                        .contentType("text/csv")
                        .content(latin)
                        .exchange())
                .hasStatus(422)
                .bodyText()
                .contains("line 3")
                .contains("UTF-8");
    }

    @Test
    void whatCannotBeReadIsRefused() {
        TestTeam team = TestTeam.fresh(mvc, json);

        assertThat(upload(team, "x.csv", "", "no,such,layout\n1,2,3\n")).hasStatus(422);
        assertThat(upload(team, "x.csv", "&provider=openai", "no,such,layout\n1,2,3\n"))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("provider");
        assertThat(upload(team, "x.csv", "", "")).hasStatus(422);
        assertThat(upload(team, "x.csv", "&day_column=a&model_column=b", "a,b,c\n2026-10-05,x,1\n"))
                .hasStatus(422);
        assertThat(upload(team, "x.csv", "&day_column=a&model_column=b&cost_column=c", "a,b,c\n2026-10-05,x,1\n"))
                .hasStatus(201);
        assertThat(upload(team, "x.csv", "&day_column=a&model_column=b&cost_column=c", """
                a,b,c
                2020-10-05,x,1
                2026-10-05,x,1
                """))
                .hasStatus(422);
    }

    private static MvcTestResult upload(TestTeam team, String name, String columns, String file) {
        return post(team, "/admin/tenants/" + team.slug() + "/reconciliations?name=" + name + columns, file);
    }

    private static MvcTestResult post(TestTeam team, String path, String file) {
        return team.mvc()
                .post()
                .uri("/api/v1" + path)
                .header("Authorization", "Bearer " + OnDatabase.ADMIN_KEY)
                .contentType("text/csv")
                .content(file)
                .exchange();
    }
}
