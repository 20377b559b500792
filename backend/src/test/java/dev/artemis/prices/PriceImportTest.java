package dev.artemis.prices;

import static dev.artemis.prices.AskedPrices.ADMIN;
import static dev.artemis.prices.AskedPrices.NOW;
import static dev.artemis.prices.AskedPrices.fresh;
import static dev.artemis.prices.AskedPrices.later;
import static dev.artemis.prices.AskedPrices.list;
import static dev.artemis.prices.AskedPrices.listed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.OnDatabase;
import dev.artemis.shared.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.context.TestConstructor;

/** The community's list of prices, which is often wrong. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class PriceImportTest {

    private final Prices prices;
    private final AskedPrices asked;

    PriceImportTest(Prices prices) {
        this.prices = prices;
        this.asked = new AskedPrices(prices);
    }

    @Test
    void anImportSaysWhatItDidAndASecondOneChangesNothing() throws IOException {
        ImportReport first = prices.importList(ADMIN, sample());
        ImportReport second = prices.importList(ADMIN, sample());

        assertThat(first.imported() + first.unchanged()).isGreaterThan(200);
        assertThat(second.imported()).isZero();
        assertThat(second.unchanged()).isEqualTo(first.imported() + first.unchanged());
        assertThat(second.flagged())
                .extracting(ImportReport.Remark::model)
                .containsExactlyElementsOf(
                        first.flagged().stream().map(ImportReport.Remark::model).toList());
        assertThat(first.rejected())
                .extracting(ImportReport.Remark::model)
                .contains("sample_spec", "1024-x-1024/dall-e-2");
        assertThat(why(first, "claude-3-haiku-20240307")).contains("over 4 times input");
        assertThat(why(first, "claude-3-opus-20240229")).contains("below the 5-minute one");
        assertThat(asked.priced("claude-3-haiku-20240307", new Usage(0, 0, 0, 1_000_000, 0))
                        .cost()
                        .total())
                .as("the shipped 1-hour price stays")
                .hasToString("0.5");
        assertThat(asked.priced("azure/gpt-4o", Usage.of(5_000, 2_000)).provider())
                .isEqualTo("azure");
        assertThat(asked.cost("claude-3-opus", ServiceTier.BATCH))
                .as("tiers the list does not know stay")
                .isEqualTo("0.1125");
    }

    @Test
    void anImportFlagsOrRejectsWhatLooksWrong() {
        String model = fresh("sane");
        prices.importList(
                ADMIN,
                list(
                        "\"" + model
                                + "\": {\"litellm_provider\": \"x\", \"input_cost_per_token\": 1e-6, \"output_cost_per_token\": 1e-6}"));

        ImportReport report = prices.importList(ADMIN, list("""
                "%1$s": {"litellm_provider": "x", "input_cost_per_token": 11e-6, "output_cost_per_token": 1e-6},
                "%1$s-read": {"litellm_provider": "x", "input_cost_per_token": 1e-6, "output_cost_per_token": 1e-6, "cache_read_input_token_cost": 2e-6},
                "%1$s-zero": {"litellm_provider": "x", "input_cost_per_token": 0, "output_cost_per_token": 0},
                "%1$s-negative": {"litellm_provider": "x", "input_cost_per_token": -1e-6, "output_cost_per_token": 1e-6},
                "%1$s-text": {"litellm_provider": "x", "input_cost_per_token": "cheap", "output_cost_per_token": 1e-6},
                "%1$s-digits": {"litellm_provider": "x", "input_cost_per_token": 1e-999999999, "output_cost_per_token": 1e999999999},
                "%1$s-half": {"litellm_provider": "x", "mode": "chat", "input_cost_per_token": 1e-6},
                "%1$s-array": [],
                "%1$s-orphan": {"input_cost_per_token": 1e-6, "output_cost_per_token": 1e-6}
                """.formatted(model)));

        assertThat(report.imported()).isZero();
        assertThat(report.unchanged()).isZero();
        assertThat(why(report, model)).contains("moved more than 10 times");
        assertThat(why(report, model + "-read")).contains("dearer than input");
        assertThat(why(report, model + "-zero")).contains("zero both ways");
        assertThat(report.flagged()).hasSize(3);
        assertThat(report.rejected())
                .extracting(ImportReport.Remark::model)
                .containsExactly(
                        model + "-negative",
                        model + "-text",
                        model + "-digits",
                        model + "-half",
                        model + "-array",
                        model + "-orphan");
        assertThat(asked.priced("x/" + model, Usage.of(1, 0)).cost().total())
                .as("the price in force is kept")
                .hasToString("0.000001");
        assertThat(asked.priced("x/" + model + "-read", new Usage(0, 1, 0, 0, 0))
                        .cost()
                        .total())
                .as("cached costs what input does")
                .hasToString("0.000001");
        assertThat(prices.price(ModelRef.of("x/" + model + "-zero"), Usage.of(1, 1), ServiceTier.STANDARD, later()))
                .isInstanceOf(Pricing.Unpriced.class);
    }

    @Test
    void anAdministratorsPriceIsNotOverwrittenByAList() {
        String model = fresh("mine");
        prices.add(ADMIN, NewPrice.of("x", model, Rates.of("0.000001", "0.000001")));

        ImportReport report = prices.importList(
                ADMIN,
                list(
                        "\"" + model
                                + "\": {\"litellm_provider\": \"x\", \"input_cost_per_token\": 2e-6, \"output_cost_per_token\": 1e-6}"));

        assertThat(why(report, model)).contains("administrator");
        assertThat(asked.priced("x/" + model, Usage.of(1, 0)).cost().total()).hasToString("0.000001");
    }

    @Test
    void whatAnAdministratorEndedIsNotUndoneByAList() {
        String model = fresh("gone");
        prices.importList(ADMIN, list(listed(model, "1e-6", "1e-6")));
        Price price = prices.history("x", model).getFirst();
        prices.end(ADMIN, price.id(), Instant.now());

        ImportReport report = prices.importList(ADMIN, list(listed(model, "1e-6", "1e-6")));

        assertThat(why(report, model)).contains("administrator ended");
        assertThat(prices.price(ModelRef.of("x/" + model), Usage.of(1, 0), ServiceTier.STANDARD, later()))
                .isInstanceOf(Pricing.Unpriced.class);
        assertThat(prices.history("x", model)).hasSize(1);
    }

    @Test
    void anEndThatAnAdministratorSetForLaterHoldsForThePriceOfAListToo() {
        String model = fresh("ending");
        prices.importList(ADMIN, list(listed(model, "1e-6", "1e-6")));
        Instant end = NOW.truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(1_000));
        prices.end(ADMIN, prices.history("x", model).getFirst().id(), end);

        prices.importList(ADMIN, list(listed(model, "2e-6", "1e-6")));

        assertThat(asked.inputCost("x/" + model, later())).isEqualTo("0.000002");
        assertThat(prices.history("x", model))
                .hasSize(2)
                .first()
                .satisfies(price -> assertThat(price.validTo()).isEqualTo(end));
    }

    @Test
    void aTierThatMovedMoreThanTenTimesKeepsThePriceInForce() {
        String model = fresh("leaps");
        String before = listed(model, "1e-6", "1e-6", "\"input_cost_per_token_priority\": 2e-6", """
                "output_cost_per_token_priority": 2e-6""");
        prices.importList(ADMIN, list(before));

        ImportReport report = prices.importList(ADMIN, list(before.replace("2e-6", "0.1e-6")));

        assertThat(why(report, model)).contains("moved more than 10 times");
        assertThat(prices.history("x", model)).hasSize(1);
    }

    @Test
    void aLongContextsPriceThatNamesNoOutputCarriesItsSurchargeOver() {
        String model = fresh("long");

        ImportReport report = prices.importList(
                ADMIN, list(listed(model, "1e-6", "10e-6", "\"input_cost_per_token_above_200k_tokens\": 2e-6")));

        assertThat(why(report, model)).contains("surcharge");
        assertThat(asked.priced("x/" + model, Usage.of(200_000, 1)).cost().total())
                .hasToString("0.20001");
        assertThat(asked.priced("x/" + model, Usage.of(200_001, 1)).cost().total())
                .hasToString("0.400022");
    }

    @Test
    void ofAModelThatIsListedTwiceTheDearerPriceCounts() {
        String model = fresh("twin");
        String dearer = listed(model, "3e-6", "1e-6", "\"cache_read_input_token_cost\": 1e-6");
        String other = listed(model, "0", "4e-6").replaceFirst("\"" + model, "\"x/" + model);

        ImportReport first = prices.importList(ADMIN, list(other + "," + dearer));
        ImportReport second = prices.importList(ADMIN, list(dearer + "," + other));

        assertThat(why(first, model)).contains("the dearer counts");
        assertThat(why(second, "x/" + model)).contains("the dearer counts");
        assertThat(asked.priced("x/" + model, new Usage(1, 1, 0, 0, 1)).cost().total())
                .hasToString("0.000008");
        assertThat(prices.history("x", model)).hasSize(1);
    }

    @Test
    void feesThatAreNotForTokensAreFlagged() {
        String model = fresh("fees");

        ImportReport report =
                prices.importList(ADMIN, list(listed(model, "1e-6", "1e-6", "\"input_cost_per_request\": 0.005", """
                        "citation_cost_per_token": 2e-6, "input_cost_per_audio_token": 3e-5""")));

        assertThat(why(report, model))
                .contains("input_cost_per_request", "citation_cost_per_token", "input_cost_per_audio_token");
        assertThat(asked.priced("x/" + model, Usage.of(1, 0)).cost().total()).hasToString("0.000001");
    }

    @Test
    void whatAnAdministratorMarkedFreeIsFlaggedNoMore() {
        String model = fresh("given");
        String free = listed(model, "0", "0");
        assertThat(why(prices.importList(ADMIN, list(free)), model)).contains("zero both ways");
        prices.markFree(ADMIN, prices.history("x", model).getFirst().id());

        ImportReport report = prices.importList(ADMIN, list(free));

        assertThat(report.flagged()).isEmpty();
        assertThat(report.unchanged()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []
            {"a": 1} trailing
            {"a":
            NaN
            """)
    void whatIsNoListIsRefused(String body) {
        assertThatThrownBy(
                        () -> prices.importList(ADMIN, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(400));
    }

    @Test
    void anEndlessListIsRefused() {
        InputStream endless = new InputStream() {
            private long at;

            @Override
            public int read() {
                return at++ == 0 ? '{' : ' ';
            }
        };

        assertThatThrownBy(() -> prices.importList(ADMIN, endless))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(413));
    }

    private static String why(ImportReport report, String model) {
        return report.flagged().stream()
                .filter(remark -> remark.model().equals(model))
                .map(ImportReport.Remark::why)
                .findFirst()
                .orElse("not flagged");
    }

    private static InputStream sample() throws IOException {
        InputStream sample = PriceImportTest.class.getResourceAsStream("/prices/community-sample.json");
        if (sample == null) {
            throw new IOException("The sample is missing");
        }
        return sample;
    }
}
