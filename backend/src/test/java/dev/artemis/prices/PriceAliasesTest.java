package dev.artemis.prices;

import static dev.artemis.prices.AskedPrices.ADMIN;
import static dev.artemis.prices.AskedPrices.fresh;
import static dev.artemis.prices.AskedPrices.later;
import static dev.artemis.prices.AskedPrices.list;
import static dev.artemis.prices.AskedPrices.listed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.OnDatabase;
import dev.artemis.shared.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;

/** Other names of models. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class PriceAliasesTest {

    private final Prices prices;
    private final AskedPrices asked;

    PriceAliasesTest(Prices prices) {
        this.prices = prices;
        this.asked = new AskedPrices(prices);
    }

    @Test
    void anAliasIsAnotherName() {
        String model = fresh("plain");
        prices.add(
                ADMIN,
                new NewPrice(
                        "openai", model, Tariff.of(Rates.of("1", "1")), null, null, false, List.of("nick-" + model)));

        assertThat(asked.priced("nick-" + model, Usage.of(1, 0)).model()).isEqualTo(model);
    }

    @Test
    void anAliasCannotTakeTheNameOfAModelOrOfAnotherAliasAndCanBeRemoved() {
        String model = fresh("real");
        prices.add(ADMIN, NewPrice.of("openai", model, Rates.of("1", "1")));
        assertTaken(model + "-cheap", model);

        prices.add(ADMIN, aliased(model + "-x", "short-" + model));
        assertTaken(model + "-y", "short-" + model);

        prices.removeAlias(ADMIN, "short-" + model);
        assertThat(prices.price(ModelRef.of("short-" + model), Usage.of(1, 0), ServiceTier.STANDARD, later()))
                .isInstanceOf(Pricing.Unpriced.class);
        assertThatThrownBy(() -> prices.removeAlias(ADMIN, "short-" + model))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(404));
    }

    @Test
    void anAliasThatWasRemovedComesBackUnlessItMeansAnotherModelByThen() {
        String model = fresh("back");
        var alias = new PriceAlias("short-" + model, "openai", model);
        prices.add(ADMIN, aliased(model, alias.alias()));
        prices.removeAlias(ADMIN, alias.alias());

        prices.putBackAlias(ADMIN, alias);
        assertThat(asked.priced(alias.alias(), Usage.of(1, 0)).model()).isEqualTo(model);

        prices.removeAlias(ADMIN, alias.alias());
        prices.add(ADMIN, aliased(model + "-x", alias.alias()));
        assertThatThrownBy(() -> prices.putBackAlias(ADMIN, alias))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("alias-taken"));
        assertThat(asked.priced(alias.alias(), Usage.of(1, 0)).model()).isEqualTo(model + "-x");
    }

    @Test
    void aModelThatComesAfterAnAliasOfItsNameHasItsOwnPrice() {
        String model = fresh("late");
        prices.add(ADMIN, aliased(model + "-small", model));
        prices.importList(ADMIN, list(listed(model, "7e-6", "1e-6")));

        assertThat(asked.inputCost(model, later())).isEqualTo("0.000007");
    }

    private void assertTaken(String model, String alias) {
        assertThatThrownBy(() -> prices.add(ADMIN, aliased(model, alias)))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(409);
                    assertThat(problem.code()).isEqualTo("alias-taken");
                });
        assertThat(prices.history("openai", model)).isEmpty();
    }

    private static NewPrice aliased(String model, String alias) {
        return new NewPrice("openai", model, Tariff.of(Rates.of("0.5", "0.5")), null, null, false, List.of(alias));
    }
}
