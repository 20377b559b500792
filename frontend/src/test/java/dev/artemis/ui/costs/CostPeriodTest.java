package dev.artemis.ui.costs;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.QueryParameters;
import dev.artemis.budgets.BudgetStatus;
import dev.artemis.budgets.LimitPeriod;
import dev.artemis.budgets.LimitScope;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.Usd;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostPeriodTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 15);

    @Test
    void theMonthBeforeAMonthIsAMonth() {
        assertThat(CostPeriod.monthOf(TODAY).before())
                .isEqualTo(new CostPeriod(LocalDate.of(2026, 2, 1), LocalDate.of(2026, 3, 1)));
    }

    @Test
    void theStretchBeforeOtherDaysIsAsLong() {
        assertThat(CostPeriod.lastDays(30, TODAY).before())
                .isEqualTo(new CostPeriod(LocalDate.of(2026, 1, 15), LocalDate.of(2026, 2, 14)));
    }

    @Test
    void aYearIsShownByMonths() {
        CostPeriod year = CostPeriod.lastYear(TODAY);

        assertThat(year.grain()).isEqualTo(Dimension.MONTH);
        assertThat(year.keys()).hasSize(12).startsWith("2025-04").endsWith("2026-03");
    }

    @Test
    void aMonthIsShownByDaysWithoutGaps() {
        assertThat(CostPeriod.monthOf(TODAY).keys()).hasSize(31).contains("2026-03-29");
    }

    @Test
    void theAddressSaysWhatIsShownAndIsReadBack() {
        var wanted = new Wanted(
                Wanted.Preset.CUSTOM,
                new CostPeriod(LocalDate.of(2026, 1, 2), LocalDate.of(2026, 1, 9)),
                "shop",
                Dimension.MODEL,
                Dimension.DAY,
                Map.of(Dimension.STAGE, "code review & more", Dimension.CARD, ""));

        assertThat(Wanted.of(wanted.query())).isEqualTo(wanted);
        assertThat(Wanted.of(QueryParameters.fromString(wanted.query().getQueryString())))
                .isEqualTo(wanted);
    }

    @Test
    void anAddressThatMakesNoSenseShowsThisMonth() {
        Wanted wanted = Wanted.of(QueryParameters.simple(
                Map.of("from", "2026-02-30", "to", "yesterday", "by", "colour", "period", "aeon")));

        assertThat(wanted.period(TODAY)).isEqualTo(CostPeriod.monthOf(TODAY));
        assertThat(wanted.by()).isEqualTo(Dimension.STAGE);
    }

    @Test
    void anAbsurdSpanIsNoPeriod() {
        for (String to : List.of("+999999999-12-31", "2040-01-01", "2026-03-01")) {
            Wanted wanted = Wanted.of(QueryParameters.simple(Map.of("from", "2026-03-01", "to", to)));

            assertThat(wanted.period(TODAY)).as(to).isEqualTo(CostPeriod.monthOf(TODAY));
        }
        assertThat(Wanted.of(QueryParameters.simple(Map.of("from", "0001-01-01", "to", "0001-02-01")))
                        .period(TODAY))
                .isEqualTo(CostPeriod.monthOf(TODAY));
    }

    @Test
    void singleCallsMayBeThoseThatHaveNone() {
        CallsQuery query =
                CallsQuery.of(QueryParameters.simple(Map.of("card", "", "provider", "openai", "key", "")), TODAY);

        assertThat(query.only())
                .containsOnly(
                        Map.entry(Dimension.CARD, ""),
                        Map.entry(Dimension.PROVIDER, "openai"),
                        Map.entry(Dimension.KEY, ""));
        assertThat(CallsQuery.of(query.parameters(), TODAY)).isEqualTo(query);
    }

    @Test
    void whatCannotBeAnIdNarrowsToNothing() {
        String id = "0197f3a0-0000-7000-8000-000000000001";

        assertThat(Wanted.of(QueryParameters.simple(Map.of("key", "1 or 1=1", "member", id)))
                        .only())
                .containsExactly(Map.entry(Dimension.MEMBER, id));
    }

    /** Opened in Tokyo, and looked at after the team moved to New York, where it ends the evening before. */
    @Test
    void thatOfABudgetsWindowIsItsOwnInWhateverZoneItEnds() {
        for (LimitPeriod period : LimitPeriod.values()) {
            CostPeriod expected = CostPeriod.of(period, LocalDate.of(2026, 11, 1));
            var window = new BudgetStatus.Window(
                    LimitScope.TENANT,
                    period,
                    expected.from(),
                    null,
                    Usd.ZERO,
                    Usd.ZERO,
                    null,
                    expected.to().atStartOfDay(ZoneId.of("Asia/Tokyo")).toInstant());

            assertThat(CostPeriod.of(window)).isEqualTo(expected);
        }
    }

    @Test
    void singleCallsAreOfWholeDaysAndOfWhatIsNamed() {
        CallsQuery query = CallsQuery.of(
                QueryParameters.simple(Map.of(
                        "from", "2026-03-28", "to", "2026-03-30", "stage", "review", "card", " ", "after", "never")),
                TODAY);

        assertThat(query.days()).isEqualTo(new CostPeriod(LocalDate.of(2026, 3, 28), LocalDate.of(2026, 3, 30)));
        assertThat(query.only()).containsExactly(Map.entry(Dimension.STAGE, "review"));
        assertThat(query.before()).isNull();
        assertThat(query.with(Dimension.STAGE, "").only()).isEmpty();
        assertThat(CallsQuery.of(query.parameters(), TODAY)).isEqualTo(query);
    }

    @Test
    void aMonthThatRunsIsHeldAgainstTheSameDaysOfTheMonthBefore() {
        CostPeriod november = CostPeriod.monthOf(LocalDate.of(2026, 11, 1));

        assertThat(november.earlier(LocalDate.of(2026, 11, 26)))
                .isEqualTo(new CostPeriod(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 27)));
        assertThat(november.earlier(LocalDate.of(2026, 11, 30)))
                .as("its last day")
                .isEqualTo(CostPeriod.monthOf(LocalDate.of(2026, 10, 1)));
        assertThat(november.earlier(LocalDate.of(2027, 2, 3)))
                .as("long over")
                .isEqualTo(CostPeriod.monthOf(LocalDate.of(2026, 10, 1)));
        assertThat(CostPeriod.monthOf(LocalDate.of(2026, 3, 1)).earlier(LocalDate.of(2026, 3, 30)))
                .as("a month that is shorter")
                .isEqualTo(CostPeriod.monthOf(LocalDate.of(2026, 2, 1)));
        assertThat(CostPeriod.lastDays(7, LocalDate.of(2026, 11, 26)).earlier(LocalDate.of(2026, 11, 26)))
                .isEqualTo(CostPeriod.lastDays(7, LocalDate.of(2026, 11, 19)));
        assertThat(CostPeriod.lastYear(LocalDate.of(2026, 11, 26)).earlier(LocalDate.of(2026, 11, 26)))
                .isEqualTo(new CostPeriod(LocalDate.of(2024, 12, 1), LocalDate.of(2025, 11, 27)));
    }
}
