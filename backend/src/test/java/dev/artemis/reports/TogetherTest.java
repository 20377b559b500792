package dev.artemis.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenants;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
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
class TogetherTest {

    private static final List<Dimension> OF_WHOM = List.of(Dimension.KEY, Dimension.MEMBER);

    private static final List<LocalDate> EDGES = List.of(
            LocalDate.of(2026, 1, 1),
            LocalDate.of(2026, 2, 10),
            LocalDate.of(2026, 3, 1),
            LocalDate.of(2026, 3, 29),
            LocalDate.of(2026, 4, 1));

    private final Costs costs;
    private final History history;
    private final Tenants tenants;
    private final Projects projects;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;

    TogetherTest(
            Costs costs,
            History history,
            Tenants tenants,
            Projects projects,
            TenantTransactions transactions,
            JdbcClient jdbc) {
        this.costs = costs;
        this.history = history;
        this.tenants = tenants;
        this.projects = projects;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    @Test
    void eachIsWhatItIsAloneOverDaysAndMonthsWhetherTheyAreAddedUpOrNot() {
        TenantId tenant = aTeamThatSpends();

        everythingIsWhatItIsAlone(tenant);

        transactions.inTenant(
                tenant,
                () -> jdbc.sql("update tills set closed_before = date '2026-03-01'")
                        .update());
        while (transactions.acrossTenants(() -> jdbc.sql("select door.add_up_card_months()")
                .query(Boolean.class)
                .single())) {}
        everythingIsWhatItIsAlone(tenant);
    }

    private void everythingIsWhatItIsAlone(TenantId tenant) {
        everythingIsWhatItIsAlone(tenant, null);
        projects.all(tenant).forEach(project -> everythingIsWhatItIsAlone(tenant, project.id()));
    }

    private void everythingIsWhatItIsAlone(TenantId tenant, @Nullable ProjectId project) {
        for (LocalDate from : EDGES) {
            for (LocalDate to : EDGES.subList(EDGES.indexOf(from) + 1, EDGES.size())) {
                eachIsWhatItIsAlone(new CostQuery(tenant, project, new Span.Days(from, to), List.of()));
            }
        }
        eachIsWhatItIsAlone(new CostQuery(
                tenant,
                project,
                new Span.Days(EDGES.getFirst(), EDGES.getLast()),
                List.of(),
                Map.of(Dimension.STAGE, "review")));
    }

    private void eachIsWhatItIsAlone(CostQuery of) {
        for (Dimension grain : List.of(Dimension.DAY, Dimension.MONTH)) {
            for (Dimension by : List.of(Dimension.STAGE, Dimension.PROVIDER, Dimension.PROJECT)) {
                List<List<Dimension>> groupings =
                        List.of(List.of(grain, by), List.of(Dimension.MODEL), List.of(grain), List.of(by));
                Together together = costs.together(of, groupings, OF_WHOM, 2);
                assertThat(together.breakdowns())
                        .as("%s of %s", groupings, of)
                        .isEqualTo(groupings.stream()
                                .map(each -> costs.breakdown(by(of, each)))
                                .toList());
                for (Dimension whom : OF_WHOM) {
                    assertThat(together.dearest().get(whom))
                            .as("%s of %s", whom, of)
                            .isEqualTo(costs.dearest(by(of, List.of(whom)), 2));
                }
            }
        }
    }

    private static CostQuery by(CostQuery of, List<Dimension> by) {
        return new CostQuery(of.tenant(), of.project(), of.span(), by, of.only());
    }

    @Test
    void whereNothingIsSpentEachIsEmpty() {
        Together together = costs.together(
                new CostQuery(aTeam(), null, new Span.Days(EDGES.getFirst(), EDGES.getLast()), List.of()),
                List.of(List.of(Dimension.DAY, Dimension.STAGE), List.of(Dimension.MODEL)),
                OF_WHOM,
                5);

        var nothing = new Breakdown(List.of(), Usd.ZERO);
        assertThat(together.breakdowns()).containsExactly(nothing, nothing);
        assertThat(together.dearest().values()).containsOnly(new Dearest(List.of(), Usd.ZERO));
    }

    @Test
    void whatIsNotSummedByDayOrIsAskedForTwiceIsNotSummedTogether() {
        var march = new CostQuery(aTeam(), null, new Span.Days(EDGES.getFirst(), EDGES.getLast()), List.of());
        Stream.<List<List<Dimension>>>of(
                        List.of(List.of(Dimension.CARD)),
                        List.of(List.of(Dimension.TENANT)),
                        List.of(),
                        List.of(List.of()),
                        List.of(List.of(Dimension.KEY)),
                        List.of(List.of(Dimension.DAY, Dimension.STAGE), List.of(Dimension.STAGE, Dimension.DAY)),
                        List.of(List.of(Dimension.STAGE), List.of(Dimension.STAGE)))
                .forEach(by -> assertThatThrownBy(() -> costs.together(march, by, List.of(Dimension.KEY), 2))
                        .as(by.toString())
                        .isInstanceOf(IllegalArgumentException.class));
    }

    /** At the edges of days and months, one of them an hour short; two keys cost the same. */
    private TenantId aTeamThatSpends() {
        TenantId tenant = aTeam();
        ProjectId shop = projects.create(tenant, new Slug("shop"), "Shop").id();
        ProjectId blog = projects.create(tenant, new Slug("blog"), "Blog").id();
        List<KeyId> keys =
                Stream.generate(() -> new KeyId(UUID.randomUUID())).limit(4).toList();
        List<UserId> members =
                Stream.generate(() -> new UserId(UUID.randomUUID())).limit(3).toList();
        spend(
                new Caller.ForProject(tenant, shop, keys.get(0), members.get(0), Set.of(), "a"),
                "2026-01-05T12:00:00Z",
                "gpt-4o",
                "development",
                3);
        spend(
                new Caller.ForProject(tenant, blog, keys.get(1), null, Set.of(), "b"),
                "2026-02-09T22:59:59Z",
                "claude-3-haiku",
                "review",
                2);
        spend(
                new Caller.ForProject(tenant, shop, null, members.get(1), Set.of(), "c"),
                "2026-02-28T23:00:00Z",
                "gpt-4o",
                "review",
                1);
        spend(
                new Caller.ForProject(tenant, blog, keys.get(2), members.get(2), Set.of(), "d"),
                "2026-03-28T23:30:00Z",
                "gpt-4o",
                "Ünit",
                1);
        spend(
                new Caller.ForProject(tenant, blog, keys.get(3), null, Set.of(), "e"),
                "2026-03-29T21:30:00Z",
                "gpt-4o",
                "development",
                1);
        spend(
                new Caller.ForProject(tenant, shop, keys.get(0), null, Set.of(), "f"),
                "2026-03-29T22:00:00Z",
                "gpt-4o",
                "development",
                1);
        return tenant;
    }

    private void spend(Caller.ForProject caller, String at, String model, String stage, int calls) {
        var call = new CallSpending(
                ModelRef.of(model),
                Usage.of(5000, 2000),
                ServiceTier.STANDARD,
                new CallLabels(stage, null, null),
                null,
                CallSpending.Mode.RECORD);
        history.record(caller, Instant.parse(at), Collections.nCopies(calls, call));
    }

    private TenantId aTeam() {
        return tenants.create(new Slug("together-" + UUID.randomUUID()), "Team", ZoneId.of("Europe/Berlin"))
                .id();
    }
}
