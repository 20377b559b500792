package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.internal.nodefeature.VirtualChildrenList;
import dev.artemis.OnDatabase;
import dev.artemis.access.ApiKeys;
import dev.artemis.access.Members;
import dev.artemis.access.NewApiKey;
import dev.artemis.access.PlatformRole;
import dev.artemis.access.Users;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.CallLabels;
import dev.artemis.budgets.CallSpending;
import dev.artemis.budgets.CorrectEntries;
import dev.artemis.budgets.Correction;
import dev.artemis.budgets.History;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.Limits;
import dev.artemis.chargeback.ChargebackRates;
import dev.artemis.chargeback.Rate;
import dev.artemis.ledger.Entries;
import dev.artemis.ledger.EntryQuery;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.reports.Comparison;
import dev.artemis.reports.Comparisons;
import dev.artemis.reports.Dimension;
import dev.artemis.reports.Span;
import dev.artemis.shared.Caller;
import dev.artemis.shared.EntryId;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.Role;
import dev.artemis.shared.Scope;
import dev.artemis.shared.Slug;
import dev.artemis.shared.Usd;
import dev.artemis.shared.UserId;
import dev.artemis.statements.Statements;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.parts.Chart;
import dev.artemis.ui.parts.Note;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestConstructor;
import tools.jackson.databind.JsonNode;

/** The figures that stand on the pages of costs, read as a person reads them. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class CostPagesTest extends AtThePages {

    private static final Pattern AN_ID = Pattern.compile("^[0-9a-f]{8}-[0-9a-f]{4}-");

    private final Projects projects;
    private final ApiKeys keys;
    private final History history;
    private final Budgets budgets;
    private final ChargebackRates rates;
    private final Comparisons comparisons;
    private final Statements statements;
    private final Entries entries;
    private final CorrectEntries corrections;
    private final Clock clock;

    CostPagesTest(
            Tenants tenants,
            Users users,
            Members members,
            Projects projects,
            ApiKeys keys,
            History history,
            Budgets budgets,
            ChargebackRates rates,
            Comparisons comparisons,
            Statements statements,
            Entries entries,
            CorrectEntries corrections,
            Clock clock) {
        super(tenants, users, members);
        this.projects = projects;
        this.keys = keys;
        this.history = history;
        this.budgets = budgets;
        this.rates = rates;
        this.comparisons = comparisons;
        this.statements = statements;
        this.entries = entries;
        this.corrections = corrections;
        this.clock = clock;
    }

    @Test
    void aTeamsPageAllTeamsPageAndTheApiHoldARunningMonthAgainstTheSameDays() {
        Tenant team = aTeam();
        Project shop = projects.create(team.id(), new Slug("shop"), "Shop");
        LocalDate today = today(team);
        YearMonth before = YearMonth.from(today).minusMonths(1);
        spend(shop, noon(team, before.atDay(1)), "review", 2);
        spend(shop, noon(team, before.atEndOfMonth()), "review", 4);
        spend(shop, clock.instant(), "review", 3);
        // all of a month that ends today, and all of a shorter one, is held against all of the month before
        boolean all = today.getDayOfMonth() >= Math.min(before.lengthOfMonth(), today.lengthOfMonth());
        String expected = all ? "$0.195" : "$0.065";
        String variance = all ? "\u2212$0.0975" : "$0.0325";

        signIn(aMember(team, Role.FINANCE), PlatformRole.FINANCE);
        open(Paths.costs(team.slug()) + "?by=project");
        assertThat(cell("shop", Dimension.PROJECT, "Cost")).isEqualTo("$0.0975");
        assertThat(exactly("shop", Dimension.PROJECT, "Before")).isEqualTo(expected);
        assertThat(exactly("shop", Dimension.PROJECT, "Variance")).isEqualTo(variance);
        assertThat(exactFacts()).contains(expected);

        open(Paths.ALL_COSTS + "?by=tenant");
        String slug = team.slug().value();
        assertThat(exactly(slug, Dimension.TENANT, "Before")).isEqualTo(expected);
        assertThat(exactly(slug, Dimension.TENANT, "Variance")).isEqualTo(variance);

        Comparison api = comparisons.compare(
                List.of(new Comparisons.Part(
                        team,
                        null,
                        new Span.Days(
                                today.withDayOfMonth(1), today.withDayOfMonth(1).plusMonths(1)),
                        Map.of())),
                List.of());
        assertThat("$" + api.totalBefore()).isEqualTo(expected);
    }

    @Test
    void aBudgetWithWhatIsUsedAndLeftStandsBesideTheCost() {
        Tenant team = aTeam();
        Project shop = projects.create(team.id(), new Slug("shop"), "Shop");
        budgets.setLimits(team.id(), new Level.OfProject(shop.id()), Limits.of(null, Usd.of("10")));
        spend(shop, clock.instant(), "review", 2);
        signIn(aMember(team, Role.FINANCE), null);

        open(Paths.costs(team.slug()) + "?by=project");

        String budget = "Budget "
                + YearMonth.from(today(team)).format(DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH));
        assertThat(exactly("shop", Dimension.PROJECT, budget)).isEqualTo("$10.00");
        assertThat(exactly("shop", Dimension.PROJECT, "Used")).isEqualTo("$0.065");
        assertThat(exactly("shop", Dimension.PROJECT, "Left")).isEqualTo("$9.935");
    }

    @Test
    void whatHasABudgetIsSeenThoughNothingWasSpentOfIt() {
        Tenant team = aTeam();
        Project idle = projects.create(team.id(), new Slug("idle"), "Idle");
        budgets.setLimits(team.id(), new Level.OfProject(idle.id()), Limits.of(null, Usd.of("10")));
        signIn(aMember(team, Role.FINANCE), null);

        open(Paths.costs(team.slug()) + "?by=project");

        assertThat(cell("idle", Dimension.PROJECT, "Cost")).isEqualTo("$0.00");
        assertThat(exactly("idle", Dimension.PROJECT, "Left")).isEqualTo("$10.00");
    }

    @Test
    void aDayStandsBesideTheDayBeforeAndAMonthBesideTheMonthBefore() {
        Tenant team = aTeam();
        Project shop = projects.create(team.id(), new Slug("shop"), "Shop");
        LocalDate today = today(team);
        spend(shop, noon(team, today.minusDays(1)), "review", 2);
        spend(shop, clock.instant(), "review", 3);
        signIn(aMember(team, Role.FINANCE), PlatformRole.FINANCE);

        open(Paths.costs(team.slug())
                + "?by=day&period=custom&from=%s&to=%s".formatted(today.minusDays(1), today.plusDays(1)));
        assertThat(footer("Calls")).isEqualTo("5");
        assertThat(footer("Runs")).isEqualTo("0");
        for (String page : List.of(Paths.costs(team.slug()), Paths.ALL_COSTS)) {
            open(page + "?by=stage&then=day&stage=review");
            assertThat(headers()).as(page).contains("Day before", "Variance");
            assertThat(footer("Day before")).as(page).isEmpty();
            open(page + "?by=month");
            assertThat(headers()).as(page).contains("Month before", "Variance");
        }
        open(Paths.costs(team.slug()) + "?by=day");
        assertThat(exactly(today.toString(), Dimension.DAY, "Day before")).isEqualTo("$0.065");
        assertThat(exactly(today.toString(), Dimension.DAY, "Variance")).isEqualTo("$0.0325");
    }

    @Test
    void whatIsChargedHasColumnsOfItsOwnWhereATeamHasRates() {
        Tenant team = aTeam();
        Project shop = projects.create(team.id(), new Slug("shop"), "Shop");
        spend(shop, clock.instant(), "review", 2);
        spend(shop, clock.instant(), "tests", 1);
        signIn(aMember(team, Role.FINANCE), PlatformRole.FINANCE);
        open(Paths.costs(team.slug()) + "?by=stage");
        assertThat(headers()).doesNotContain("Mark-up", "Charged");

        rates.set(
                new Caller.Admin(null, "test"), team.id(), new Rate(today(team).minusDays(1), BigDecimal.TEN));
        for (String page :
                List.of(Paths.costs(team.slug()) + "?by=stage", Paths.costs(team.slug()) + "?by=stage&stage=review")) {
            open(page);
            assertThat(cell("review", Dimension.STAGE, "Cost")).isEqualTo("$0.065");
            assertThat(cell("review", Dimension.STAGE, "Mark-up")).isEqualTo("$0.0065");
            assertThat(cell("review", Dimension.STAGE, "Charged")).isEqualTo("$0.0715");
        }
        open(Paths.costs(team.slug()) + "?by=stage&then=day");
        assertThat(cell("tests", Dimension.STAGE, "Charged")).isEqualTo("$0.03575");
        assertThat(footer("Mark-up")).isEqualTo("$0.00975");
        assertThat(footer("Charged")).isEqualTo("$0.10725");

        open(Paths.ALL_COSTS + "?by=tenant");
        String slug = team.slug().value();
        assertThat(cell(slug, Dimension.TENANT, "Cost")).isEqualTo("$0.0975");
        assertThat(cell(slug, Dimension.TENANT, "Mark-up")).isEqualTo("$0.00975");
        assertThat(cell(slug, Dimension.TENANT, "Charged")).isEqualTo("$0.10725");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "by=colour",
                "by=stage&then=colour",
                "by=stage&then=stage",
                "from=2026-02-01&to=2026-01-01",
                "from=0001-01-01&to=9999-12-31",
                "from=yesterday&to=today",
                "from=2026-01-01",
                "period=decade",
                "key=not-an-id"
            })
    void whatAnAddressCannotMeanIsSaidOnThePage(String query) {
        Tenant team = aTeam();
        projects.create(team.id(), new Slug("shop"), "Shop");
        signIn(aMember(team, Role.FINANCE), PlatformRole.FINANCE);

        for (String page : List.of(Paths.costs(team.slug()), Paths.ALL_COSTS)) {
            open(page + "?" + query);
            assertThat(notes()).as(page).anyMatch(note -> note.contains("cannot be meant"));
            open(page + "?from=2026-01-01&to=2026-02-01&by=stage&then=day");
            assertThat(notes()).as(page).noneMatch(note -> note.contains("cannot be meant"));
        }
        for (String page : List.of(Paths.costs(team.slug()), Paths.ALL_COSTS)) {
            open(page + "?project=nowhere");
            assertThat(notes()).as(page).anyMatch(note -> note.contains("project") && note.contains("cannot be meant"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"by=key", "by=member", "by=day&then=key", "by=day&then=member"})
    void aChartNamesKeysAndMembersAsTheTableDoes(String query) {
        Tenant team = aTeam();
        Project shop = projects.create(team.id(), new Slug("shop"), "Shop");
        UserId member = aMember(team, Role.DEVELOPER);
        KeyId key = keys.create(TEST, team.id(), shop.id(), new NewApiKey("robot", Set.of(Scope.COSTS_READ)))
                .key()
                .id();
        for (var caller : List.of(
                new Caller.ForProject(team.id(), shop.id(), key, null, Set.of(), "robot"),
                new Caller.ForProject(team.id(), shop.id(), null, member, Set.of(), "somebody"))) {
            record(caller, clock.instant(), Usage.of(5_000, 2_000), Stream.of(new CallLabels("review", null, null)));
        }
        signIn(aMember(team, Role.FINANCE), null);

        open(Paths.costs(team.slug()) + "?" + query);

        assertThat(seriesNames()).anyMatch(name -> name.equals("robot") || name.startsWith("person-"));
        assertThat(seriesNames()).noneMatch(AN_ID.asPredicate());
    }

    /** What the chart's legend says. */
    private List<String> seriesNames() {
        var data = (JsonNode) find(Chart.class).single().getElement().getPropertyRaw("data");
        return data.get("series")
                .valueStream()
                .map(one -> one.get("name").asString())
                .toList();
    }

    @Test
    void aCorrectionSaysWhyAndForWhichClosedMonth() {
        Tenant team = aTeam();
        Project shop = projects.create(team.id(), new Slug("shop"), "Shop");
        YearMonth before = YearMonth.from(today(team)).minusMonths(1);
        spend(shop, noon(team, before.atDay(1)), "review", 1);
        EntryId entry = entries.page(
                        new EntryQuery(
                                team.id(),
                                shop.id(),
                                new EntryQuery.When.Days(
                                        before.atDay(1), before.plusMonths(1).atDay(1)),
                                Map.of(),
                                null),
                        10)
                .items()
                .getFirst()
                .id();
        statements.close(TEST, team.id(), before);
        corrections.correct(
                new Caller.Admin(null, "test"),
                team.id(),
                shop.id(),
                new Correction(entry, Usd.of("-0.01"), "The provider gave it back"));
        signIn(aMember(team, Role.FINANCE), null);

        open(Paths.calls(team.slug()));

        @SuppressWarnings("unchecked")
        Grid<Object> calls = find(Grid.class).single();
        assertThat(calls.getListDataView().getItems()).hasSize(1);
        calls.setDetailsVisible(calls.getListDataView().getItem(0), true);
        roundTrip();
        assertThat(rendered(calls)).contains("The provider gave it back", "For the closed month");
    }

    /** Cards come in tens of thousands. */
    @Test
    void ofAllTeamsCardsTheDearestAreShownEachWithItsTeamAndTheTotalIsThatOfAll() {
        Tenant one = aTeam();
        Tenant other = aTeam();
        for (Tenant team : List.of(one, other)) {
            Project shop = projects.create(team.id(), new Slug("shop"), "Shop");
            record(
                    shop,
                    clock.instant(),
                    IntStream.range(0, 150).mapToObj(n -> new CallLabels("s", null, "CARD-" + n)));
        }
        signIn(aPerson(), PlatformRole.FINANCE);

        open(Paths.ALL_COSTS + "?by=card");

        assertThat(table().getListDataView().getItems())
                .hasSize(250)
                .allSatisfy(line -> assertThat(line.now().group()).containsKeys(Dimension.TENANT, Dimension.CARD));
        assertThat(notes()).anyMatch(note -> note.contains("250 that cost most"));
        assertThat(footer("Cost")).as("with those that are not shown").isEqualTo(totalOfAll());
        open(Paths.ALL_COSTS + "?by=tenant");
        assertThat(footer("Cost")).isEqualTo(totalOfAll());
    }

    /** Free ones come in tens of thousands, too. */
    @Test
    void cardsThatCostNothingAreNotAllReadEither() {
        Tenant team = aTeam();
        Project shop = projects.create(team.id(), new Slug("shop"), "Shop");
        record(
                shop,
                clock.instant(),
                Usage.of(0, 0),
                IntStream.range(0, 300).mapToObj(n -> new CallLabels("s", null, "FREE-" + n)));
        record(shop, clock.instant(), Stream.of(new CallLabels("s", null, "DEAR")));
        signIn(aPerson(), PlatformRole.FINANCE);

        open(Paths.ALL_COSTS + "?by=card");
        assertThat(table().getListDataView().getItems()).hasSize(250);
        assertThat(notes()).anyMatch(note -> note.contains("250 that cost most"));
        open(Paths.costs(team.slug()) + "?by=card");

        assertThat(table().getListDataView().getItems())
                .hasSize(250)
                .first()
                .satisfies(line ->
                        assertThat(line.now().group().get(Dimension.CARD)).isEqualTo("DEAR"));
    }

    @Test
    void whatIsScrolledThroughSaysHowManyLinesItHasWhereAMonthOfDaysIsSeenAtOnce() {
        Tenant team = aTeam();
        Project shop = projects.create(team.id(), new Slug("shop"), "Shop");
        record(shop, clock.instant(), IntStream.range(0, 31).mapToObj(n -> new CallLabels("s", null, "CARD-" + n)));
        signIn(aMember(team, Role.FINANCE), null);

        open(Paths.costs(team.slug()) + "?by=card");
        assertThat(table().isAllRowsVisible()).isTrue();
        assertThat(footer("Card")).isEqualTo("Total");
        record(shop, clock.instant(), Stream.of(new CallLabels("s", null, "CARD-OF-TOMORROW")));
        open(Paths.costs(team.slug()) + "?by=card&period=month");

        assertThat(table().isAllRowsVisible()).isFalse();
        assertThat(footer("Card")).isEqualTo("Total of 32 lines");
    }

    private String totalOfAll() {
        return exactFacts().getFirst();
    }

    /** Amounts to the last digit, as whoever points at one reads it: what was spent comes first. */
    private List<String> exactFacts() {
        return find(DescriptionList.class).all().stream()
                .flatMap(list -> list.getChildren())
                .flatMap(fact -> below(fact.getElement()))
                .map(element -> element.getProperty("title", element.getAttribute("title")))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Stream<Element> below(Element element) {
        return Stream.concat(Stream.of(element), element.getChildren().flatMap(CostPagesTest::below));
    }

    /** All texts of the components that a grid made for its rows. */
    private static String rendered(Grid<?> grid) {
        var text = new StringBuilder();
        grid.getElement()
                .getNode()
                .getFeature(VirtualChildrenList.class)
                .forEachChild(node -> text.append(Element.get(node).getTextRecursively()));
        return text.toString();
    }

    private LocalDate today(Tenant team) {
        return LocalDate.ofInstant(clock.instant(), team.timeZone());
    }

    private static Instant noon(Tenant team, LocalDate day) {
        return day.atTime(LocalTime.NOON).atZone(team.timeZone()).toInstant();
    }

    /** Each costs 0.0325 dollars. */
    private void spend(Project shop, Instant at, String stage, int calls) {
        record(shop, at, IntStream.range(0, calls).mapToObj(n -> new CallLabels(stage, null, null)));
    }

    private void record(Project shop, Instant at, Stream<CallLabels> calls) {
        record(shop, at, Usage.of(5_000, 2_000), calls);
    }

    private void record(Project shop, Instant at, Usage usage, Stream<CallLabels> calls) {
        record(new Caller.ForProject(shop.tenant(), shop.id(), null, null, Set.of(), "test"), at, usage, calls);
    }

    private void record(Caller.ForProject caller, Instant at, Usage usage, Stream<CallLabels> calls) {
        history.record(
                caller,
                at,
                calls.map(labels -> new CallSpending(
                                ModelRef.of("gpt-4o"),
                                usage,
                                ServiceTier.STANDARD,
                                labels,
                                null,
                                CallSpending.Mode.RECORD))
                        .toList());
    }

    @SuppressWarnings("unchecked") // a grid is found by its raw class
    private Grid<Comparison.Line> table() {
        return (Grid<Comparison.Line>) find(Grid.class).all().getFirst();
    }

    private List<String> headers() {
        return table().getColumns().stream().map(Grid.Column::getHeaderText).toList();
    }

    private String footer(String column) {
        return table().getColumns().get(headers().indexOf(column)).getFooterText();
    }

    private int row(String group, Dimension dimension) {
        List<Comparison.Line> lines = table().getListDataView().getItems().toList();
        return IntStream.range(0, lines.size())
                .filter(n -> group.equals(lines.get(n).now().group().get(dimension)))
                .findFirst()
                .orElseThrow();
    }

    private String cell(String group, Dimension dimension, String column) {
        return test(table()).getCellText(row(group, dimension), headers().indexOf(column));
    }

    /** What stands there in whole cents, to the last digit, as its tooltip says. */
    private String exactly(String group, Dimension dimension, String column) {
        Comparison.Line line = table().getListDataView().getItem(row(group, dimension));
        return Objects.requireNonNull(table().getColumns()
                .get(headers().indexOf(column))
                .getTooltipGenerator()
                .apply(line));
    }

    private List<String> notes() {
        return find(Note.class).all().stream()
                .map(note -> note.getElement().getTextRecursively())
                .toList();
    }
}
