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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Costs of one team or several, beside those of the time before, and beside budgets. */
@Service
public class Comparisons {

    private static final Set<Dimension> BUDGETED = EnumSet.of(Dimension.TENANT, Dimension.PROJECT, Dimension.KEY);

    private final Costs costs;
    private final MonthBudgets budgets;
    private final Projects projects;
    private final TenantTransactions transactions;
    private final Clock clock;

    Comparisons(Costs costs, MonthBudgets budgets, Projects projects, TenantTransactions transactions, Clock clock) {
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

    /** Sums what was spent; of several teams, projects are named with theirs. */
    public Breakdown sum(List<Part> parts, List<Dimension> by) {
        List<Dimension> named = named(parts, by);
        return Breakdown.merged(parts.stream()
                .map(part -> costs.breakdown(part.by(named, part.span())))
                .toList());
    }

    /**
     * Compares with the time before, of which as much counts as there has been of this one (ADR-0052), group by group; of
     * several teams, projects are named with theirs.
     *
     * @throws Problem 422: grouped by day or month, of which the time before has others
     */
    public Comparison compare(List<Part> parts, List<Dimension> asked) {
        return compare(parts, asked, clock.instant());
    }

    /**
     * The same as of a moment, for who says beside it which days were compared.
     *
     * @throws Problem 422: grouped by day or month
     */
    public Comparison compare(List<Part> parts, List<Dimension> asked, Instant at) {
        List<Dimension> by = named(parts, asked);
        if (by.contains(Dimension.DAY) || by.contains(Dimension.MONTH)) {
            throw Problem.notAllowed("compare", "without day and month in group_by");
        }
        Map<Map<Dimension, String>, Comparison.Line> lines = new LinkedHashMap<>();
        Usd total = Usd.ZERO;
        Usd totalBefore = Usd.ZERO;
        for (Part part : parts) {
            Breakdown now = costs.breakdown(part.by(by, part.span()));
            Span earlier = part.span().earlier(at.atZone(part.tenant().timeZone()));
            Breakdown before = costs.breakdown(part.by(by, earlier));
            total = total.plus(now.total());
            totalBefore = totalBefore.plus(before.total());
            // a part of what a budget is for has no budget
            BudgetsOf budgetsOf =
                    new BudgetsOf(part.tenant(), month(part, at), part.only().isEmpty() ? by : List.of());
            for (CostLine line : now.items()) {
                merge(lines, new Comparison.Line(line, Usd.ZERO, budgetsOf.budget(line)));
            }
            for (CostLine line : before.items()) {
                CostLine nothing = CostLine.nothing(line.group());
                merge(lines, new Comparison.Line(nothing, line.cost(), budgetsOf.budget(nothing)));
            }
        }
        return new Comparison(List.copyOf(lines.values()), total, totalBefore);
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

        private final Tenant tenant;
        private final YearMonth month;
        private final List<Dimension> by;
        private final Map<Slug, ProjectId> ids;

        BudgetsOf(Tenant tenant, YearMonth month, List<Dimension> by) {
            this.tenant = tenant;
            this.month = month;
            this.by = by;
            this.ids = by.contains(Dimension.PROJECT) ? projects.ids(tenant.id()) : Map.of();
        }

        /** The narrowest of key, project and team that the group names; none where it names anything else. */
        MonthBudgets.@Nullable MonthBudget budget(CostLine line) {
            if (by.isEmpty() || !BUDGETED.containsAll(by)) {
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
            return of(new Level.WholeTenant());
        }

        private MonthBudgets.MonthBudget of(Level level) {
            return budgets.of(tenant.id(), level, month, tenant.timeZone());
        }
    }
}
