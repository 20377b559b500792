package dev.artemis.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.OnDatabase;
import dev.artemis.chargeback.ChargebackRates;
import dev.artemis.chargeback.Rate;
import dev.artemis.reports.Breakdown;
import dev.artemis.reports.ChargedCosts;
import dev.artemis.reports.Comparisons;
import dev.artemis.reports.CostLine;
import dev.artemis.reports.CostQuery;
import dev.artemis.reports.Costs;
import dev.artemis.reports.Dimension;
import dev.artemis.reports.Span;
import dev.artemis.shared.Caller;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** Costs of one stage, card, key … alone are those that the whole says of it, whichever sums they are read from. */
@OnDatabase
@Import(RandomLedger.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class NarrowedCostsTest {

    private static final int ENTRIES = 80;
    private static final Span SPAN = new Span.Days(RandomLedger.Written.from(), RandomLedger.Written.to());

    private final RandomLedger ledgers;
    private final Costs costs;
    private final ChargedCosts chargedCosts;
    private final ChargebackRates rates;

    NarrowedCostsTest(RandomLedger ledgers, Costs costs, ChargedCosts chargedCosts, ChargebackRates rates) {
        this.ledgers = ledgers;
        this.chargedCosts = chargedCosts;
        this.rates = rates;
        this.costs = costs;
    }

    @ParameterizedTest
    @EnumSource(names = {"STAGE", "MODEL", "PROVIDER", "CARD", "KEY", "MEMBER"})
    void partsAddUpToTheWhole(Dimension dimension) {
        TenantId tenant =
                ledgers.write(31 + dimension.name().length(), ENTRIES).tenant().id();
        Breakdown whole = costs.breakdown(tenant, null, SPAN, List.of(dimension));
        assertThat(whole.items()).isNotEmpty();

        for (Dimension by : List.of(Dimension.DAY, Dimension.PROJECT, Dimension.STAGE)) {
            for (CostLine line : whole.items()) {
                String value = line.group().getOrDefault(dimension, "");
                Breakdown part =
                        costs.breakdown(new CostQuery(tenant, null, SPAN, List.of(by), Map.of(dimension, value)));
                assertThat(part.total()).as("%s %s by %s", dimension, value, by).isEqualTo(line.cost());
                assertThat(part.items().stream().mapToLong(CostLine::calls).sum())
                        .isEqualTo(line.calls());
            }
        }
    }

    @Test
    void severalAtOnceLeaveWhatAllHaveInCommon() {
        TenantId tenant = ledgers.write(47, ENTRIES).tenant().id();
        Breakdown both = costs.breakdown(tenant, null, SPAN, List.of(Dimension.STAGE, Dimension.CARD));

        for (CostLine line : both.items()) {
            assertThat(costs.breakdown(new CostQuery(tenant, null, SPAN, List.of(), line.group()))
                            .total())
                    .isEqualTo(line.cost());
        }
    }

    @Test
    void whatIsChargedIsNarrowedAsTheCostIs() {
        Tenant tenant = ledgers.write(46, ENTRIES).tenant();
        rates.set(
                new Caller.Admin(null, "test"),
                tenant.id(),
                new Rate(RandomLedger.Written.from().minusDays(1), new BigDecimal("10")));
        Breakdown whole = costs.breakdown(tenant.id(), null, SPAN, List.of(Dimension.STAGE));
        assertThat(whole.items()).hasSizeGreaterThan(1);

        for (CostLine line : whole.items()) {
            ChargedCosts.Charged part =
                    chargedCosts.sum(List.of(new Comparisons.Part(tenant, null, SPAN, line.group())), List.of());
            assertThat(part.cost()).isEqualByComparingTo(line.cost().amount());
            assertThat(part.markup()).isEqualByComparingTo(line.cost().amount().movePointLeft(1));
            assertThat(part.rated()).isTrue();
        }
    }

    @Test
    void whatTheTeamNeverHadCostsNothing() {
        TenantId tenant = ledgers.write(48, ENTRIES).tenant().id();
        TenantId others = ledgers.write(49, ENTRIES).tenant().id();
        String theirs = costs.breakdown(others, null, SPAN, List.of(Dimension.KEY)).items().stream()
                .map(line -> line.group().getOrDefault(Dimension.KEY, ""))
                .filter(key -> !key.isEmpty())
                .findFirst()
                .orElseThrow();

        assertThat(costs.breakdown(
                                new CostQuery(tenant, null, SPAN, List.of(), Map.of(Dimension.STAGE, "no such stage")))
                        .total())
                .isEqualTo(Usd.ZERO);
        assertThat(costs.breakdown(new CostQuery(tenant, null, SPAN, List.of(), Map.of(Dimension.KEY, theirs)))
                        .total())
                .isEqualTo(Usd.ZERO);
    }

    @Test
    void daysAreASpanAndNothingToNarrowTo() {
        TenantId tenant = ledgers.write(50, 1).tenant().id();

        assertThatThrownBy(() -> new CostQuery(tenant, null, SPAN, List.of(), Map.of(Dimension.DAY, "2026-11-25")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
