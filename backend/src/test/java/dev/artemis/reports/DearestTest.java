package dev.artemis.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.CallLabels;
import dev.artemis.budgets.CallSpending;
import dev.artemis.budgets.History;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenants;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class DearestTest {

    private static final Span MARCH = new Span.Days(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 4, 1));

    private static final List<List<Dimension>> GROUPINGS = List.of(
            List.of(Dimension.MODEL, Dimension.MEMBER),
            List.of(Dimension.MONTH, Dimension.STAGE),
            List.of(Dimension.PROJECT, Dimension.KEY));

    private static final String DAY = "2026-03-05";

    private final Costs costs;
    private final ChargedCosts charged;
    private final History history;
    private final Tenants tenants;
    private final Projects projects;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;

    DearestTest(
            Costs costs,
            ChargedCosts charged,
            History history,
            Tenants tenants,
            Projects projects,
            TenantTransactions transactions,
            JdbcClient jdbc) {
        this.costs = costs;
        this.charged = charged;
        this.history = history;
        this.tenants = tenants;
        this.projects = projects;
        this.transactions = transactions;
        this.jdbc = jdbc;
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

    @Test
    void monthsThatAreClosedAreAddedUpOnceAndEverySpanIsStillTheSumOfItsDays() {
        Caller.ForProject caller = aCaller();
        spend(caller, "2025-04-10", "D", 1);
        spend(caller, "2025-06-10", "A", 1);
        spend(caller, "2026-01-20", "A", 2);
        spend(caller, "2026-02-01", "A", 1);
        spend(caller, "2026-02-28", "B", 4);
        spend(caller, "2026-02-28", null, 1);
        spend(caller, "2026-03-05", "A", 2);
        spend(caller, "2026-03-06", "C", 8);
        everySpanIsTheSumOfItsDays(caller.tenant());
        addUp();
        assertThat(addedUp(caller.tenant())).as("late money may come into them").isEmpty();

        close(caller.tenant(), "2026-03-01");
        addUp();
        addUp();

        assertThat(addedUp(caller.tenant()))
                .containsExactly(
                        "2025-04-01 1", "2025-06-01 1", "2026-01-01 2", "2026-02-01 1", "2026-02-01 1", "2026-02-01 4");
        everySpanIsTheSumOfItsDays(caller.tenant());
        spend(caller, "2026-03-31", "B", 3);
        everySpanIsTheSumOfItsDays(caller.tenant());
        spend(caller, "2026-05-02", "B", 1);
        close(caller.tenant(), "2026-05-01");
        addUp();
        assertThat(addedUp(caller.tenant())).hasSize(9);
        everySpanIsTheSumOfItsDays(caller.tenant());
    }

    private void everySpanIsTheSumOfItsDays(TenantId tenant) {
        everyBreakdownIsTheSumOfItsDays(tenant);
        List<LocalDate> edges = Stream.of(
                        "2025-01-01",
                        // eleven and ten months before those that are added up
                        "2025-04-01",
                        "2025-05-01",
                        "2025-06-01",
                        "2026-01-01",
                        "2026-01-21",
                        "2026-02-01",
                        "2026-02-28",
                        "2026-03-01",
                        "2026-03-06",
                        "2026-04-01",
                        "2026-05-02",
                        "2026-05-03",
                        "2027-01-01")
                .map(LocalDate::parse)
                .toList();
        for (LocalDate from : edges) {
            for (LocalDate to : edges.subList(edges.indexOf(from) + 1, edges.size())) {
                var query = new CostQuery(tenant, null, new Span.Days(from, to), List.of(Dimension.CARD), Map.of());
                List<CostLine> all = costs.breakdown(query).items().stream()
                        .sorted(Comparator.comparing(CostLine::cost).reversed())
                        .toList();
                assertThat(costs.dearest(query, 9).items())
                        .as(from + " to " + to)
                        .isEqualTo(all);
                assertThat(costs.dearest(query, 2).items())
                        .as("dearest two, " + from + " to " + to)
                        .extracting(CostLine::cost)
                        .isEqualTo(all.stream().map(CostLine::cost).limit(2).toList());
            }
        }
    }

    /** What is charged is summed of days, whatever is added up. */
    private void everyBreakdownIsTheSumOfItsDays(TenantId tenant) {
        ProjectId project = projects.all(tenant).getFirst().id();
        List<LocalDate> edges = Stream.of(
                        "2025-01-01", "2026-01-15", "2026-02-01", "2026-03-06", "2026-05-01", "2027-01-01")
                .map(LocalDate::parse)
                .toList();
        for (LocalDate from : edges) {
            for (LocalDate to : edges.subList(edges.indexOf(from) + 1, edges.size())) {
                var span = new Span.Days(from, to);
                for (List<Dimension> by : GROUPINGS) {
                    Stream.of(
                                    new CostQuery(tenant, null, span, by),
                                    new CostQuery(tenant, project, span, by, Map.of(Dimension.STAGE, "for-A")))
                            .forEach(query -> {
                                List<CostLine> ofDays = new ArrayList<>();
                                charged.stream(query, line -> ofDays.add(line.line()));
                                assertThat(costs.breakdown(query).items())
                                        .as(query.toString())
                                        .isEqualTo(ofDays);
                                assertThat(costs.dearest(query, 50).items())
                                        .as("dearest, " + query)
                                        .containsExactlyInAnyOrderElementsOf(ofDays);
                            });
                }
            }
        }
    }

    private void addUp() {
        while (transactions.acrossTenants(() -> jdbc.sql("select door.add_up_card_months()")
                .query(Boolean.class)
                .single())) {}
    }

    private void close(TenantId tenant, String before) {
        transactions.inTenant(
                tenant,
                () -> jdbc.sql("update tills set closed_before = :before")
                        .param("before", LocalDate.parse(before))
                        .update());
    }

    private List<String> addedUp(TenantId tenant) {
        return transactions.inTenant(
                tenant,
                () -> jdbc.sql("select month || ' ' || calls from usage_by_card_month order by 1")
                        .query(String.class)
                        .list());
    }

    /** Whoever shows the dearest of all counts them all: tens of thousands of free ones are not to be read either. */
    @Test
    void whatCostNothingComesBehindAllElseAndIsCounted() {
        Caller.ForProject caller = aCaller();
        spend(caller, "A", 1);
        for (String card : List.of("F1", "F2", "F3", "F4")) {
            record(caller, DAY, Usage.of(0, 0), card, 1);
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
        spend(caller, DAY, card, calls);
    }

    private void spend(Caller.ForProject caller, String day, @Nullable String card, int calls) {
        record(caller, day, Usage.of(5000, 2000), card, calls);
    }

    private void record(Caller.ForProject caller, String day, Usage usage, @Nullable String card, int calls) {
        var call = new CallSpending(
                ModelRef.of("gpt-4o"),
                usage,
                ServiceTier.STANDARD,
                new CallLabels(card == null ? "development" : "for-" + card, null, card),
                null,
                CallSpending.Mode.RECORD);
        history.record(caller, Instant.parse(day + "T12:00:00Z"), Collections.nCopies(calls, call));
    }

    private Caller.ForProject aCaller() {
        TenantId tenant = tenants.create(new Slug("dearest-" + UUID.randomUUID()), "Team", ZoneId.of("Europe/Berlin"))
                .id();
        return new Caller.ForProject(
                tenant, projects.create(tenant, new Slug("one"), "One").id(), null, null, Set.of(), "test");
    }
}
