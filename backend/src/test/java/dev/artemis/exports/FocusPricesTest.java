package dev.artemis.exports;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import dev.artemis.OnDatabase;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.ComputeUsage;
import dev.artemis.budgets.MovedClock;
import dev.artemis.budgets.RunHold;
import dev.artemis.budgets.RunHolding;
import dev.artemis.budgets.TestTeam;
import dev.artemis.db.Database;
import dev.artemis.projects.Projects;
import dev.artemis.shared.RunId;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.tenants.Tenants;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.json.JsonMapper;

/** What was priced, as FOCUS tells it: each row has one unit price, and it is the one that was applied. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class FocusPricesTest {

    private static final Instant IN_OCTOBER = Instant.parse("2027-10-20T12:00:00Z");
    private static final Instant IN_NOVEMBER = Instant.parse("2027-11-20T12:00:00Z");
    private static final String OCTOBER = "from=2027-10-01&to=2027-11-01";
    private static final String NOVEMBER = "from=2027-11-01&to=2027-12-01";

    private final Budgets budgets;
    private final Tenants tenants;
    private final Projects projects;
    private final TestTeam team;
    private final MovedClock clock;

    FocusPricesTest(
            MockMvcTester mvc,
            JsonMapper json,
            Database database,
            Budgets budgets,
            Tenants tenants,
            Projects projects) {
        this.budgets = budgets;
        this.tenants = tenants;
        this.projects = projects;
        this.team = TestTeam.fresh(mvc, json);
        this.clock = new MovedClock(database);
    }

    @BeforeEach
    void inOctober() throws Exception {
        clock.standAt(IN_OCTOBER);
    }

    @AfterEach
    void clockAgain() throws Exception {
        clock.close();
    }

    @Test
    void aPromptAboveTheThresholdIsARowOfItsOwnWithItsOwnPrice() {
        String model = aModel();
        call(model, 1_000, "standard");
        call(model, 2_000, "standard");
        call(model, 200_001, "standard");
        call(model, 200_001, "batch");

        assertThat(focus(
                        OCTOBER,
                        "SkuPriceId",
                        "SkuPriceDetails",
                        "SkuMeter",
                        "ListUnitPrice",
                        "ConsumedQuantity",
                        "ListCost"))
                .containsExactlyInAnyOrder(
                        List.of(
                                "acme/" + model + "/input-tokens/standard",
                                "{\"x_ServiceTier\":\"standard\"}",
                                "Input Tokens",
                                "1",
                                "3000",
                                "0.003"),
                        List.of(
                                "acme/" + model + "/input-tokens/standard/above-200000",
                                "{\"x_ServiceTier\":\"standard\",\"x_PromptLength\":\"above 200000 tokens\"}",
                                "Input Tokens",
                                "2",
                                "200001",
                                "0.400002"),
                        List.of(
                                "acme/" + model + "/input-tokens/batch/above-200000",
                                "{\"x_ServiceTier\":\"batch\",\"x_PromptLength\":\"above 200000 tokens\"}",
                                "Input Tokens",
                                "2",
                                "200001",
                                "0.400002"));
    }

    @Test
    void aPriceThatChangedMakesTwoRowsOfOneSkuPrice() {
        String model = aModel();
        price(model, "2026-06-01T00:00:00Z", "0.000003");
        call(model, 1_000, "standard");
        assertThat(team.post("/calls", """
                {"model": "%s", "provider": "acme", "tokens_input": 500, "tokens_output": 0, "stage": "a",
                 "occurred_at": "2026-01-10T12:00:00Z"}""".formatted(model))).hasStatus(201);

        assertThat(focus(OCTOBER, "SkuPriceId", "ListUnitPrice", "PricingQuantity", "ListCost"))
                .containsExactlyInAnyOrder(
                        List.of("acme/" + model + "/input-tokens/standard", "3", "0.001", "0.003"),
                        List.of("acme/" + model + "/input-tokens/standard", "1", "0.0005", "0.0005"));
    }

    /** It held 0.000126: the CPU-seconds take all of that, and nothing is left for the memory. */
    @Test
    void aRunThatUsedMoreThanItHeldIsPricedByTheSecondsThatWereBilled() {
        TenantId tenant = tenants.named(new Slug(team.slug())).id();
        RunId run = RunId.random();
        assertThat(budgets.holdForRun(new RunHold(
                        tenant,
                        projects.named(tenant, new Slug("shop")).id(),
                        null,
                        null,
                        run,
                        "testing",
                        null,
                        new ComputeUsage(BigDecimal.valueOf(10), BigDecimal.valueOf(4)))))
                .isInstanceOf(RunHolding.Held.class);
        budgets.settleRun(tenant, run, new ComputeUsage(BigDecimal.valueOf(11), BigDecimal.valueOf(40)));

        assertThat(focus(OCTOBER, "SkuPriceId", "ListUnitPrice", "ConsumedQuantity", "PricingQuantity", "ListCost"))
                .containsExactlyInAnyOrder(
                        List.of("artemis/sandbox/CPU-time", "0.000012", "11", "10.5", "0.000126"),
                        List.of("artemis/sandbox/memory", "0.0000015", "40", "0", "0"));
    }

    @Test
    void anAdministratorsCorrectionIsAnAdjustmentAndOfAClosedBillACorrection() throws Exception {
        String entry = team.json(call(aModel(), 1_000, "standard")).get("id").asString();
        correct(entry, "-0.0002");
        clock.standAt(IN_NOVEMBER);
        correct(entry, "-0.0003");

        assertThat(focus(OCTOBER, "ChargeCategory", "ChargeClass", "BilledCost"))
                .containsExactlyInAnyOrder(List.of("Usage", "", "0.001"), List.of("Adjustment", "", "-0.0002"));
        assertThat(focus(NOVEMBER, "ChargeCategory", "ChargeClass", "BilledCost"))
                .containsExactly(List.of("Adjustment", "Correction", "-0.0003"));
    }

    @Test
    void aModelOfSomebodyElseThatIsCalledAsOursIsNoCompute() {
        String provider = "acme-" + UUID.randomUUID().toString().substring(0, 8);
        assertThat(team.admin().post("/admin/prices", """
                {"provider": "%s", "model": "sandbox", "valid_from": "2025-01-01T00:00:00Z",
                 "rates": {"input": "0.000001", "output": "0.00001"}}""".formatted(provider))).hasStatus(201);
        MvcTestResult call = team.post("/calls", """
                {"model": "sandbox", "provider": "%s", "tokens_input": 1000, "tokens_output": 0, "stage": "a"}""".formatted(provider));
        assertThat(call).hasStatus(201);
        correct(team.json(call).get("id").asString(), "-0.0002");

        assertThat(focus(OCTOBER, "ProviderName", "ServiceCategory"))
                .hasSize(2)
                .containsOnly(List.of(provider, "AI and Machine Learning"));
    }

    private void correct(String entry, String amount) {
        assertThat(team.admin().post("/admin/tenants/" + team.slug() + "/projects/shop/corrections", """
                                {"entry_id": "%s", "amount": "%s", "reason": "refunded"}""".formatted(
                                entry, amount)))
                .hasStatus(201);
    }

    private MvcTestResult call(String model, long tokens, String tier) {
        MvcTestResult answer = team.post("/calls", """
                {"model": "%s", "provider": "acme", "tokens_input": %d, "tokens_output": 0, "stage": "a",
                 "service_tier": "%s"}""".formatted(model, tokens, tier));
        assertThat(answer).hasStatus(201);
        return answer;
    }

    private String aModel() {
        String model = "model-" + UUID.randomUUID();
        price(model, "2025-01-01T00:00:00Z", "0.000001");
        return model;
    }

    private void price(String model, String from, String input) {
        assertThat(team.admin().post("/admin/prices", """
                {"provider": "acme", "model": "%s", "valid_from": "%s",
                 "rates": {"input": "%s", "output": "0.00001"},
                 "tiers": [{"service_tier": "standard", "above_tokens": 200000,
                            "rates": {"input": "0.000002", "output": "0.00002"}}]}""".formatted(model, from, input)))
                .hasStatus(201);
    }

    /** Some columns of a file that conforms, row by row. */
    private List<List<String>> focus(String period, String... columns) {
        String file = TestTeam.body(team.get("/reports/costs?format=focus&" + period));
        assertThat(FocusRules.ofFile(file)).isEmpty();
        return CsvReader.builder().ofNamedCsvRecord(file).stream()
                .map(row -> Stream.of(columns).map(row::getField).toList())
                .toList();
    }
}
