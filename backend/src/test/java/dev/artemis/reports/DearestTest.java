package dev.artemis.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.CallLabels;
import dev.artemis.budgets.CallSpending;
import dev.artemis.budgets.History;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenants;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class DearestTest {

    private static final Span MARCH = new Span.Days(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 4, 1));

    private final Costs costs;
    private final History history;
    private final Tenants tenants;
    private final Projects projects;

    DearestTest(Costs costs, History history, Tenants tenants, Projects projects) {
        this.costs = costs;
        this.history = history;
        this.tenants = tenants;
        this.projects = projects;
    }

    @Test
    void fewOfManyCardsComeDearestFirstAndTheTotalIsOfAll() {
        Caller.ForProject caller = aCaller();
        spend(caller, "A", 1);
        spend(caller, "B", 3);
        spend(caller, "C", 2);
        spend(caller, null, 5);

        Dearest dearest =
                costs.dearest(new CostQuery(caller.tenant(), null, MARCH, List.of(Dimension.CARD), Map.of()), 3);

        assertThat(dearest.items())
                .extracting(line -> line.group().get(Dimension.CARD), CostLine::cost)
                .containsExactly(
                        tuple("", Usd.of("0.1625")), tuple("B", Usd.of("0.0975")), tuple("C", Usd.of("0.065")));
        assertThat(dearest.total()).isEqualTo(Usd.of("0.3575"));
    }

    /** Whoever shows the dearest of all counts them all: tens of thousands of free ones are not to be read either. */
    @Test
    void whatCostNothingComesBehindAllElseAndIsCounted() {
        Caller.ForProject caller = aCaller();
        spend(caller, "A", 1);
        for (String card : List.of("F1", "F2", "F3", "F4")) {
            record(caller, Usage.of(0, 0), card, 1);
        }

        Dearest dearest =
                costs.dearest(new CostQuery(caller.tenant(), null, MARCH, List.of(Dimension.CARD), Map.of()), 3);

        assertThat(dearest.items())
                .extracting(line -> line.group().get(Dimension.CARD), CostLine::cost, CostLine::calls)
                .hasSize(3)
                .startsWith(tuple("A", Usd.of("0.0325"), 1L))
                .endsWith(tuple("F2", Usd.ZERO, 1L));
        assertThat(dearest.total()).isEqualTo(Usd.of("0.0325"));
    }

    private void spend(Caller.ForProject caller, @Nullable String card, int calls) {
        record(caller, Usage.of(5000, 2000), card, calls);
    }

    private void record(Caller.ForProject caller, Usage usage, @Nullable String card, int calls) {
        var call = new CallSpending(
                ModelRef.of("gpt-4o"),
                usage,
                ServiceTier.STANDARD,
                new CallLabels("development", null, card),
                null,
                CallSpending.Mode.RECORD);
        history.record(caller, Instant.parse("2026-03-05T12:00:00Z"), Collections.nCopies(calls, call));
    }

    private Caller.ForProject aCaller() {
        TenantId tenant = tenants.create(new Slug("dearest-" + UUID.randomUUID()), "Team", ZoneId.of("Europe/Berlin"))
                .id();
        return new Caller.ForProject(
                tenant, projects.create(tenant, new Slug("one"), "One").id(), null, null, Set.of(), "test");
    }
}
