package dev.artemis.prices;

import static dev.artemis.prices.AskedPrices.ADMIN;
import static dev.artemis.prices.AskedPrices.NOW;
import static dev.artemis.prices.AskedPrices.fresh;
import static dev.artemis.prices.AskedPrices.from;
import static dev.artemis.prices.AskedPrices.later;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.OnDatabase;
import dev.artemis.shared.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;

/** What a call costs, by the price that was in force when it happened. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class PricesTest {

    private final Prices prices;
    private final AskedPrices asked;
    private final ShippedPrices shipped;
    private final CatalogueRows rows;
    private final JdbcClient sql;

    PricesTest(Prices prices, ShippedPrices shipped, CatalogueRows rows, JdbcClient sql) {
        this.prices = prices;
        this.asked = new AskedPrices(prices);
        this.shipped = shipped;
        this.rows = rows;
        this.sql = sql;
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, 0.0325",
        "gpt-4o-2024-08-06, 0.0325",
        "openai/gpt-4o, 0.0325",
        "gpt-4o-mini, 0.00195",
        "gpt-4-turbo, 0.11",
        "gpt-4-turbo-2024-04-09, 0.11",
        "gpt-4, 0.27",
        "gpt-4-0613, 0.27",
        "gpt-3.5-turbo, 0.0055",
        "gpt-3.5-turbo-0125, 0.0055",
        "claude-3-5-sonnet, 0.045",
        "claude-3-5-sonnet-20241022, 0.045",
        "claude-3-5-sonnet-latest, 0.045",
        "claude-3-opus, 0.225",
        "claude-3-opus-20240229, 0.225",
        "claude-3-sonnet-20240229, 0.045",
        "claude-3-haiku, 0.00375",
        "claude-3-haiku-20240307, 0.00375",
    })
    void theNineModelsCostWhatTheyAlwaysDidWithAndWithoutADate(String model, String dollars) {
        assertThat(asked.priced(model, Usage.of(5_000, 2_000)).cost().total()).hasToString(dollars);
    }

    @Test
    void aNameWithoutAPriceOfItsOwnTakesTheNameWithoutItsDate() {
        assertThat(asked.priced("gpt-4o-2031-01-01", Usage.of(1, 1)).model()).isEqualTo("gpt-4o");
    }

    @Test
    void allDimensionsCount() {
        Cost cost = asked.priced("claude-3-5-sonnet", new Usage(1_000, 2_000, 3_000, 4_000, 5_000))
                .cost();

        assertThat(cost.input()).hasToString("0.003");
        assertThat(cost.cacheRead()).hasToString("0.0006");
        assertThat(cost.cacheWrite5m()).hasToString("0.01125");
        assertThat(cost.cacheWrite1h()).hasToString("0.024");
        assertThat(cost.output()).hasToString("0.075");
        assertThat(cost.total()).hasToString("0.11385");
    }

    @Test
    void serviceTiersHaveTheirOwnPrices() {
        assertThat(asked.cost("gpt-4o", ServiceTier.BATCH)).isEqualTo("0.01625");
        assertThat(asked.cost("gpt-4o", ServiceTier.PRIORITY)).isEqualTo("0.05525");
        assertThat(asked.cost("claude-3-opus", ServiceTier.BATCH)).isEqualTo("0.1125");
    }

    @Test
    void anUnknownModelIsRefusedAndRemembered() {
        String model = fresh("no-such-model");

        Pricing pricing = prices.price(ModelRef.of(model), Usage.of(1, 1), ServiceTier.STANDARD, NOW);

        assertThat(pricing).isInstanceOf(Pricing.Unpriced.class);
        assertThat(prices.unpriced()).extracting(UnpricedModel::model).contains(model);

        prices.add(ADMIN, NewPrice.of("openai", model, Rates.of("1", "1")));
        assertThat(prices.unpriced()).extracting(UnpricedModel::model).doesNotContain(model);
    }

    @Test
    void aModelThatSeveralProvidersSellNeedsItsProvider() {
        String model = fresh("shared");
        prices.add(ADMIN, NewPrice.of("seller-one", model, Rates.of("1", "1")));
        prices.add(ADMIN, NewPrice.of("seller-two", model, Rates.of("2", "2")));

        assertThat(prices.price(ModelRef.of(model), Usage.of(1, 0), ServiceTier.STANDARD, later()))
                .isInstanceOfSatisfying(
                        Pricing.Unpriced.class,
                        refused -> assertThat(refused.why()).contains("seller-one", "seller-two"));
        assertThat(asked.priced(new ModelRef("seller-two", model), Usage.of(1, 0))
                        .cost()
                        .total())
                .hasToString("2");
        assertThat(asked.priced("seller-one/" + model, Usage.of(1, 0)).cost().total())
                .hasToString("1");
    }

    @Test
    void aCallIsPricedByThePriceInForceWhenItHappenedAndThePastKeepsIts() {
        String model = fresh("dated");
        Instant spring = Instant.parse("2026-03-01T00:00:00Z");
        Instant summer = Instant.parse("2026-06-01T00:00:00Z");
        Price first = prices.add(ADMIN, from(model, Rates.of("1", "0"), spring));
        Price second = prices.add(ADMIN, from(model, Rates.of("2", "0"), summer));

        assertThat(asked.inputCost(model, summer.minusNanos(1_000))).isEqualTo("1");
        assertThat(asked.inputCost(model, summer)).isEqualTo("2");
        assertThat(prices.price(ModelRef.of(model), Usage.of(1, 0), ServiceTier.STANDARD, spring.minusSeconds(1)))
                .isInstanceOf(Pricing.Unpriced.class);
        assertThat(prices.find(first.id()).orElseThrow().tariff()).isEqualTo(first.tariff());
        assertThat(prices.history("openai", model)).extracting(Price::id).containsExactly(second.id(), first.id());
    }

    @Test
    void aPriceAddedBetweenTwoEndsWhereTheNextBegins() {
        String model = fresh("between");
        Instant first = Instant.parse("2026-01-01T00:00:00Z");
        Instant last = Instant.parse("2026-09-01T00:00:00Z");
        prices.add(ADMIN, from(model, Rates.of("1", "0"), first));
        prices.add(ADMIN, from(model, Rates.of("3", "0"), last));
        prices.add(ADMIN, from(model, Rates.of("2", "0"), Instant.parse("2026-05-01T00:00:00Z")));

        assertThat(asked.inputCost(model, first)).isEqualTo("1");
        assertThat(asked.inputCost(model, Instant.parse("2026-08-31T00:00:00Z")))
                .isEqualTo("2");
        assertThat(asked.inputCost(model, last)).isEqualTo("3");
        assertThatThrownBy(() -> prices.add(ADMIN, from(model, Rates.of("4", "0"), last)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(409));
    }

    @Test
    void aPriceThatIsInterruptedGoesOnBehindTheInterruption() {
        String model = fresh("interrupted");
        Instant from = NOW.truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(5));
        Instant to = from.plus(Duration.ofDays(30));
        prices.add(ADMIN, from(model, Rates.of("1", "0"), Instant.parse("2020-01-01T00:00:00Z")));

        prices.add(ADMIN, new NewPrice("openai", model, Tariff.of(Rates.of("2", "0")), from, to, false, List.of()));

        assertThat(asked.inputCost(model, from.minusSeconds(1))).isEqualTo("1");
        assertThat(asked.inputCost(model, from)).isEqualTo("2");
        assertThat(asked.inputCost(model, to.minusSeconds(1))).isEqualTo("2");
        assertThat(asked.inputCost(model, to)).isEqualTo("1");
        assertThat(prices.history("openai", model))
                .hasSize(3)
                .first()
                .satisfies(rest -> assertThat(rest.validTo()).isNull());
    }

    @Test
    void aDatedModelWhosePriceEndedDoesNotFallBackToTheNameWithoutItsDate() {
        String model = fresh("family");
        prices.add(ADMIN, NewPrice.of("openai", model, Rates.of("1", "0")));
        Price dated = prices.add(
                ADMIN, from(model + "-2024-05-13", Rates.of("5", "0"), Instant.parse("2024-05-13T00:00:00Z")));
        assertThat(asked.inputCost(model + "-2024-05-13", later())).isEqualTo("5");

        prices.end(ADMIN, dated.id(), Instant.parse("2026-01-01T00:00:00Z"));

        assertThat(prices.price(ModelRef.of(model + "-2024-05-13"), Usage.of(1, 0), ServiceTier.STANDARD, later()))
                .isInstanceOf(Pricing.Unpriced.class);
        assertThat(asked.inputCost(model + "-2024-06-01", later()))
                .as("a date of its own is not known")
                .isEqualTo("1");
    }

    @Test
    void anEndedPriceRefusesCalls() {
        String model = fresh("ended");
        Price price = prices.add(ADMIN, from(model, Rates.of("1", "0"), Instant.parse("2026-01-01T00:00:00Z")));
        Instant end = Instant.parse("2026-02-01T00:00:00Z");

        prices.end(ADMIN, price.id(), end);

        assertThat(asked.inputCost(model, end.minusSeconds(1))).isEqualTo("1");
        assertThat(prices.price(ModelRef.of(model), Usage.of(1, 0), ServiceTier.STANDARD, end))
                .isInstanceOf(Pricing.Unpriced.class);
        assertThatThrownBy(() -> prices.end(ADMIN, price.id(), end.plusSeconds(1)))
                .isInstanceOf(Problem.class);
    }

    @Test
    void anEndThatIsTakenBackIsNoneUnlessThePriceWasChangedMeanwhile() {
        String model = fresh("goes-on");
        Price price = prices.add(ADMIN, from(model, Rates.of("1", "0"), Instant.parse("2026-01-01T00:00:00Z")));
        Instant end = Instant.parse("2026-02-01T00:00:00Z");
        EndedPrice ended = prices.end(ADMIN, price.id(), end);

        assertThat(prices.undoEnd(ADMIN, ended).validTo()).isNull();
        assertThat(asked.inputCost(model, end.plusSeconds(1))).isEqualTo("1");
        assertRefused(ended);

        Instant later = end.plusSeconds(60);
        prices.end(ADMIN, price.id(), later);
        EndedPrice sooner = prices.end(ADMIN, price.id(), end);
        assertThat(prices.undoEnd(ADMIN, sooner).validTo())
                .as("the end that somebody else gave it meanwhile")
                .isEqualTo(later);

        EndedPrice endedAgain = prices.end(ADMIN, price.id(), end);
        prices.add(ADMIN, from(model, Rates.of("2", "0"), end.plusSeconds(30)));
        assertRefused(endedAgain);
    }

    private void assertRefused(EndedPrice ended) {
        assertThatThrownBy(() -> prices.undoEnd(ADMIN, ended))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("price-changed"));
    }

    @Test
    void zeroBothWaysIsRefusedUntilAnAdministratorMarksItFree() {
        String model = fresh("gratis");
        Price price = prices.add(ADMIN, NewPrice.of("openai", model, Rates.of("0", "0")));
        assertThat(prices.price(ModelRef.of(model), Usage.of(1, 1), ServiceTier.STANDARD, later()))
                .isInstanceOf(Pricing.Unpriced.class);

        prices.markFree(ADMIN, price.id());

        assertThat(asked.priced(model, Usage.of(1, 1)).cost().total()).hasToString("0");
    }

    @Test
    void aSecondStartWritesNothing() {
        long version = rows.version();

        shipped.write();

        assertThat(rows.version()).isEqualTo(version);
    }

    @Test
    void aChangeByAnotherInstanceIsSeenWithinASecond() {
        Duration best = seenAfter();
        for (int i = 1; i < 3 && best.compareTo(Duration.ofSeconds(1)) > 0; i++) {
            Duration took = seenAfter();
            best = took.compareTo(best) < 0 ? took : best;
        }
        assertThat(best).as("the best of three, on a busy machine").isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    /** How long it takes until this instance sees what another one has written. */
    private Duration seenAfter() {
        String model = fresh("elsewhere");
        rows.nextVersion();
        rows.insert(
                List.of(new CatalogueRows.Draft(
                        "x", model, Tariff.of(Rates.of("1", "1")), Prices.SINCE_EVER, null, false, Price.Source.ADMIN)),
                Instant.now(),
                "another instance");

        Instant written = Instant.now();
        while (prices.history("x", model).isEmpty()) {
            assertThat(Instant.now()).isBefore(written.plus(Duration.ofSeconds(30)));
            Thread.onSpinWait();
        }
        Duration took = Duration.between(written, Instant.now());
        assertThat(prices.history("x", model)).hasSize(1);
        return took;
    }

    @Test
    void theListIsPagedWithExactNamesFirst() {
        PriceQuery query = new PriceQuery("gpt-4o", null, NOW);
        var first = prices.search(query, null, 2);
        var second = prices.search(query, first.next(), 2);

        assertThat(first.items()).hasSize(2);
        assertThat(first.items().getFirst().model()).isEqualTo("gpt-4o");
        assertThat(second.items()).hasSize(2).doesNotContainAnyElementsOf(first.items());
        assertThat(prices.count(query)).isGreaterThan(4);
        assertThatThrownBy(() -> prices.search(query, "nonsense", 2)).isInstanceOf(Problem.class);
    }

    @Test
    void theAppsRoleCannotChangeWhatAPriceSays() {
        assertThatThrownBy(() -> sql.sql("update price_rates set input = 0").update())
                .rootCause()
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> sql.sql("update prices set model = 'x'").update())
                .rootCause()
                .hasMessageContaining("permission denied");
    }
}
