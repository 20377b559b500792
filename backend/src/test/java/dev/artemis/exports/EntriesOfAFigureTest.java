package dev.artemis.exports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.ledger.Entries;
import dev.artemis.ledger.EntryKind;
import dev.artemis.ledger.EntryQuery;
import dev.artemis.ledger.EntryView;
import dev.artemis.ledger.NewEntry;
import dev.artemis.reports.CostLine;
import dev.artemis.reports.CostQuery;
import dev.artemis.reports.Costs;
import dev.artemis.reports.Dimension;
import dev.artemis.reports.Span;
import dev.artemis.shared.EntryId;
import dev.artemis.shared.Page;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Usd;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** The single calls behind a figure are exactly those that it is the sum of, those that came days later included. */
@OnDatabase
@Import(RandomLedger.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class EntriesOfAFigureTest {

    private static final LocalDate FROM = RandomLedger.Written.from().plusDays(7);
    private static final LocalDate TO = FROM.plusDays(15);

    private final RandomLedger ledgers;
    private final Entries entries;
    private final Costs costs;
    private final RandomLedger.Written ledger;

    EntriesOfAFigureTest(RandomLedger ledgers, Entries entries, Costs costs) {
        this.ledgers = ledgers;
        this.entries = entries;
        this.costs = costs;
        this.ledger = ledgers.write(51, 120);
    }

    @BeforeEach
    void someCameLate() {
        List<NewEntry> late = ledger.entries().subList(0, 20);
        for (int n = 0; n < late.size(); n++) {
            ledgers.repeat(ledger, late.get(n), n);
        }
        assertThat(IntStream.range(0, late.size()).filter(n -> isLongAfterThePeriod(late.get(n), n)))
                .as("some of the period came long after it")
                .isNotEmpty();
    }

    private static boolean isLongAfterThePeriod(NewEntry entry, int daysLate) {
        LocalDate day = entry.day();
        return !day.isBefore(FROM) && day.isBefore(TO) && day.plusDays(daysLate).isAfter(TO.plusDays(3));
    }

    @ParameterizedTest
    @EnumSource(EntryQuery.By.class)
    void addUpToIt(EntryQuery.By by) {
        Dimension dimension = Dimension.valueOf(by.name());
        for (ProjectId project : projects()) {
            List<CostLine> figures = costs.breakdown(
                            new CostQuery(ledger.tenant().id(), project, new Span.Days(FROM, TO), List.of(dimension)))
                    .items();
            assertThat(figures).isNotEmpty();
            for (CostLine figure : figures) {
                String value = figure.group().get(dimension);
                List<EntryView> found = all(project, Map.of(by, value));

                assertThat(sum(found)).as("%s %s", by, value).isEqualTo(figure.cost());
                assertThat(found.stream().mapToLong(EntriesOfAFigureTest::calls).sum())
                        .isEqualTo(figure.calls());
            }
            assertThat(sum(all(project, Map.of())))
                    .isEqualTo(figures.stream().map(CostLine::cost).reduce(Usd.ZERO, Usd::plus));
        }
    }

    @Test
    void areListedOnceAndTheNewestFirst() {
        for (ProjectId project : projects()) {
            List<String> ids = all(project, Map.of()).stream()
                    .map(entry -> entry.id().toString())
                    .toList();

            assertThat(ids).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> b.compareTo(a));
        }
    }

    @Test
    void ofSeveralProjectsAreOneList() {
        List<Entries.OfProject> each = projects().stream()
                .flatMap(project -> all(project, Map.of()).stream().map(entry -> new Entries.OfProject(project, entry)))
                .sorted(Comparator.comparing(
                                (Entries.OfProject one) -> one.entry().id().toString())
                        .reversed())
                .toList();
        List<Entries.OfProject> together = new ArrayList<>();
        @Nullable EntryId before = null;
        Page<Entries.OfProject> page;
        do {
            page = entries.pageOfProjects(
                    new EntryQuery(
                            ledger.tenant().id(), projects(), new EntryQuery.When.Days(FROM, TO), Map.of(), before),
                    7);
            together.addAll(page.items());
            before = page.next() == null ? null : EntryId.parse(page.next());
        } while (before != null);

        assertThat(projects()).hasSizeGreaterThan(1);
        assertThat(together).isEqualTo(each);
    }

    private List<ProjectId> projects() {
        return ledger.entries().stream()
                .map(entry -> entry.payer().project())
                .distinct()
                .toList();
    }

    /** Page by page. */
    private List<EntryView> all(ProjectId project, Map<EntryQuery.By, String> only) {
        List<EntryView> all = new ArrayList<>();
        @Nullable EntryId before = null;
        Page<EntryView> page;
        do {
            page = entries.page(
                    new EntryQuery(ledger.tenant().id(), project, new EntryQuery.When.Days(FROM, TO), only, before), 7);
            all.addAll(page.items());
            before = page.next() == null ? null : EntryId.parse(page.next());
        } while (before != null);
        return all;
    }

    private static long calls(EntryView entry) {
        return entry.kind() == EntryKind.CALL ? 1 : 0;
    }

    private static Usd sum(List<EntryView> entries) {
        return entries.stream().map(EntryView::cost).reduce(Usd.ZERO, Usd::plus);
    }
}
