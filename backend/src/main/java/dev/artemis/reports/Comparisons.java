package dev.artemis.reports;

import dev.artemis.budgets.Level;
import dev.artemis.budgets.MonthBudgets;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.projects.Projects;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.Problem;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Slug;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Costs of one team or several, beside those of the time before, and beside budgets. */
@Service
public class Comparisons {

    /** An answer is read whole, by a program or a page; files have as many lines as there are. */
    public static final int MOST_GROUPS = 100_000;

    private final Costs costs;
    private final MonthBudgets budgets;
    private final BudgetedGroups budgeted;
    private final Projects projects;
    private final TenantTransactions transactions;
    private final Clock clock;

    Comparisons(
            Costs costs,
            MonthBudgets budgets,
            BudgetedGroups budgeted,
            Projects projects,
            TenantTransactions transactions,
            Clock clock) {
        this.budgeted = budgeted;
        this.costs = costs;
        this.budgets = budgets;
        this.projects = projects;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Whose costs, and when.
     *
     * @param project null: all of the team's
     * @param only what is left out unless it has these values
     */
    public record Part(Tenant tenant, @Nullable ProjectId project, Span span, Map<Dimension, String> only) {

        public Part(Tenant tenant, @Nullable ProjectId project, Span span) {
            this(tenant, project, span, Map.of());
        }

        /** The lines that it has. */
        public CostQuery by(List<Dimension> by) {
            return by(by, span);
        }

        CostQuery by(List<Dimension> by, Span when) {
            return new CostQuery(tenant.id(), project, when, by, only);
        }
    }

    /**
     * Runs reads of some parts that all see the same moment: what a call costs, and what is charged for it, is in all of
     * them or in none. Of several teams SQL only.
     *
     * @throws IllegalStateException a transaction is running
     */
    public <T> T atOneMoment(List<Part> parts, Supplier<T> reads) {
        return parts.size() == 1
                ? transactions.inSnapshot(parts.getFirst().tenant().id(), reads)
                : transactions.inSnapshotOfSeveral(reads);
    }

    /**
     * Sums what was spent; of several teams, projects are named with theirs.
     *
     * @throws Problem 422: more than {@link #MOST_GROUPS} groups
     */
    public Breakdown sum(List<Part> parts, List<Dimension> by) {
        List<Dimension> named = named(parts, by);
        List<Breakdown> each = new ArrayList<>();
        int left = MOST_GROUPS;
        for (Part part : parts) {
            each.add(upTo(left, part.by(named)));
            left -= each.getLast().items().size();
        }
        return Breakdown.merged(each);
    }

    private Breakdown upTo(int most, CostQuery query) {
        return costs.breakdown(query, most).orElseThrow(Comparisons::tooManyGroups);
    }

    static Problem tooManyGroups() {
        return Problem.notAllowed(
                "group_by",
                "fewer groups than these: an answer has at most " + MOST_GROUPS
                        + "; narrow from and to, or take a file (/reports/costs), which has any number");
    }

    /**
     * Compares with the time before, of which as much counts as there has been of this one (ADR-0052), group by group; of
     * several teams, projects are named with theirs. A day is held against the day before it, a month against the month before
     * it (ADR-0058); the totals are those of the time that is asked for, and of the time before it. What has a budget has a line.
     *
     * @throws Problem 422: grouped by day or month, of a time that is not whole days; more than {@link #MOST_GROUPS} groups
     */
    public Comparison compare(List<Part> parts, List<Dimension> asked) {
        return compare(parts, asked, clock.instant());
    }

    /**
     * The same as of a moment, for who says beside it which days were compared.
     *
     * @throws Problem 422: grouped by day or month, of a time that is not whole days; more than {@link #MOST_GROUPS} groups
     */
    public Comparison compare(List<Part> parts, List<Dimension> asked, Instant at) {
        List<Dimension> by = named(parts, asked);
        Map<Map<Dimension, String>, Comparison.Line> lines = new LinkedHashMap<>();
        Usd total = Usd.ZERO;
        Usd totalBefore = Usd.ZERO;
        for (Part part : parts) {
            Breakdown now = upTo(MOST_GROUPS - Math.min(MOST_GROUPS, lines.size()), part.by(by));
            Before before = before(part, by, at);
            total = total.plus(now.total());
            totalBefore = totalBefore.plus(before.total());
            BudgetsOf budgetsOf = new BudgetsOf(part, by, month(part, at), parts.size());
            for (CostLine line : now.items()) {
                merge(lines, new Comparison.Line(line, Usd.ZERO, budgetsOf.budget(line)));
            }
            for (Held held : before.lines()) {
                CostLine nothing = CostLine.nothing(held.under());
                merge(lines, new Comparison.Line(nothing, held.cost(), budgetsOf.budget(nothing)));
            }
            if (part.only().isEmpty()) {
                for (Map<Dimension, String> group : budgeted.of(part.tenant(), part.project(), by)) {
                    CostLine nothing = CostLine.nothing(group);
                    lines.computeIfAbsent(
                            nothing.group(), one -> new Comparison.Line(nothing, Usd.ZERO, budgetsOf.budget(nothing)));
                }
            }
        }
        return new Comparison(List.copyOf(lines.values()), total, totalBefore);
    }

    /** What a group cost before. */
    private record Held(Map<Dimension, String> under, Usd cost) {}

    private record Before(List<Held> lines, Usd total) {}

    private Before before(Part part, List<Dimension> by, Instant at) {
        ZonedDateTime now = at.atZone(part.tenant().timeZone());
        Span earlier = part.span().earlier(now);
        if (!TimeBefore.isAsked(by)) {
            Breakdown before = upTo(MOST_GROUPS, part.by(by, earlier));
            return new Before(
                    before.items().stream()
                            .map(line -> new Held(line.group(), line.cost()))
                            .toList(),
                    before.total());
        }
        if (!(part.span() instanceof Span.Days days)) {
            throw Problem.notAllowed("compare", "whole days, where group_by has day or month");
        }
        List<Held> held = new ArrayList<>();
        for (TimeBefore time : TimeBefore.of(days, by, now.toLocalDate())) {
            for (CostLine line : upTo(MOST_GROUPS, part.by(by, time.span())).items()) {
                held.add(new Held(time.under(line), line.cost()));
            }
        }
        return new Before(held, costs.breakdown(part.by(List.of(), earlier)).total());
    }

    /**
     * The groups that cost most of all that is asked for; of several teams each is named with its team, since two teams'
     * cards are two.
     *
     * @param most how many at most
     */
    public Dearest dearest(List<Part> parts, List<Dimension> asked, int most) {
        List<Dimension> by = withTeam(parts, asked);
        List<CostLine> dearest = new ArrayList<>();
        Usd total = Usd.ZERO;
        for (Part part : parts) {
            Dearest ofPart = costs.dearest(part.by(by, part.span()), most);
            total = total.plus(ofPart.total());
            dearest.addAll(ofPart.items());
            dearest.sort(Comparator.comparing(CostLine::cost).reversed());
            dearest.subList(Math.min(most, dearest.size()), dearest.size()).clear();
        }
        return new Dearest(dearest, total);
    }

    /** By what {@link #dearest} groups. */
    public static List<Dimension> withTeam(List<Part> parts, List<Dimension> asked) {
        if (parts.size() < 2 || asked.contains(Dimension.TENANT)) {
            return asked;
        }
        List<Dimension> by = new ArrayList<>(List.of(Dimension.TENANT));
        by.addAll(asked);
        return by;
    }

    static List<Dimension> named(List<Part> parts, List<Dimension> by) {
        return parts.size() > 1 ? Dimension.acrossTeams(by) : by;
    }

    private static void merge(Map<Map<Dimension, String>, Comparison.Line> lines, Comparison.Line line) {
        lines.merge(
                line.now().group(),
                line,
                (one, other) -> new Comparison.Line(
                        one.now().plus(other.now()), one.before().plus(other.before()), one.budget()));
    }

    /** The month that is asked for; where it is none, or several, the team's running one. */
    private static YearMonth month(Part part, Instant at) {
        return part.span() instanceof Span.Days(LocalDate from, LocalDate to)
                        && from.getDayOfMonth() == 1
                        && from.plusMonths(1).equals(to)
                ? YearMonth.from(from)
                : YearMonth.from(at.atZone(part.tenant().timeZone()));
    }

    /** Looks up the budgets of one team's groups. */
    private final class BudgetsOf {

        private final Part part;
        private final YearMonth month;
        private final List<Dimension> by;
        private final boolean budgeted;
        private final Map<Slug, ProjectId> ids;

        BudgetsOf(Part part, List<Dimension> by, YearMonth month, int parts) {
            this.part = part;
            this.month = month;
            this.by = by;
            // a part of what a budget is for has no budget, and all teams together have none
            this.budgeted =
                    part.only().isEmpty() && BudgetedGroups.BUDGETED.containsAll(by) && (parts == 1 || !by.isEmpty());
            this.ids =
                    by.contains(Dimension.PROJECT) ? projects.ids(part.tenant().id()) : Map.of();
        }

        /** The narrowest of key, project and team that the group is; none where it is anything else. */
        MonthBudgets.@Nullable MonthBudget budget(CostLine line) {
            if (!budgeted) {
                return null;
            }
            String key = line.group().getOrDefault(Dimension.KEY, "");
            if (by.contains(Dimension.KEY)) {
                return key.isEmpty() ? null : of(new Level.OfKey(KeyId.parse(key)));
            }
            if (by.contains(Dimension.PROJECT)) {
                String slug = line.group().getOrDefault(Dimension.PROJECT, "");
                ProjectId project = slug.isEmpty() ? null : ids.get(new Slug(slug));
                return project == null ? null : of(new Level.OfProject(project));
            }
            ProjectId project = part.project();
            return of(project == null ? new Level.WholeTenant() : new Level.OfProject(project));
        }

        private MonthBudgets.MonthBudget of(Level level) {
            return budgets.of(part.tenant().id(), level, month, part.tenant().timeZone());
        }
    }
}
