package dev.artemis.reports;

import static java.time.temporal.ChronoUnit.DAYS;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** Costs of one tenant, broken down. */
@Service
public class Costs {

    private static final int ROWS_AT_ONCE = 1_000;

    private final TenantTransactions transactions;
    private final JdbcTemplate jdbc;

    Costs(TenantTransactions transactions, JdbcTemplate jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /**
     * Sums what was spent.
     *
     * @param project null: all of the tenant's
     * @param by in the order of the lines' groups and their sorting; empty: one line of all
     */
    public Breakdown breakdown(TenantId tenant, @Nullable ProjectId project, Span span, List<Dimension> by) {
        return breakdown(new CostQuery(tenant, project, span, by));
    }

    /** The same of what the query is narrowed to. */
    public Breakdown breakdown(CostQuery query) {
        return breakdown(query, Integer.MAX_VALUE).orElseThrow();
    }

    /**
     * The same, where there are not too many groups to be held at once.
     *
     * @param most groups
     * @return empty: there are more
     */
    public Optional<Breakdown> breakdown(CostQuery query, int most) {
        CostSql statement = CostSql.of(query);
        List<Object> parameters = new ArrayList<>(statement.parameters());
        parameters.add(most + 1L);
        List<CostLine> lines = transactions.inTenant(
                query.tenant(),
                () -> jdbc.query(
                        statement.sql() + " limit ?", (row, number) -> statement.line(row), parameters.toArray()));
        return lines.size() > most ? Optional.empty() : Optional.of(summed(lines));
    }

    /**
     * The groups that cost most: chosen by the database, however many there are.
     *
     * @param most how many at most
     */
    public Dearest dearest(CostQuery query, int most) {
        Usd total = breakdown(new CostQuery(query.tenant(), query.project(), query.span(), List.of(), query.only()))
                .total();
        return dearest(query, most, total);
    }

    /**
     * The same where the total is known already.
     *
     * @param total of all that is asked for
     */
    public Dearest dearest(CostQuery query, int most, Usd total) {
        CostSql statement = CostSql.dearest(query, most);
        return new Dearest(
                transactions.inTenant(
                        query.tenant(),
                        () -> jdbc.query(
                                statement.sql(),
                                (row, number) -> statement.line(row),
                                statement.parameters().toArray())),
                total);
    }

    /**
     * Several breakdowns of the same costs, and the groups that cost most of some dimensions, in one reading of what is summed by day:
     * each as it is answered alone.
     *
     * @param of whole days, by nothing
     * @param by no two of the same dimensions
     * @param dearest none that is in {@code by} alone
     * @param most how many of each of these at most
     * @throws IllegalArgumentException no breakdown; a dimension that is not summed by day; two of the same
     */
    public Together together(CostQuery of, List<List<Dimension>> by, List<Dimension> dearest, int most) {
        TogetherSql statement = TogetherSql.of(of, by, dearest, most);
        List<TogetherSql.Line> read = transactions.inTenant(
                of.tenant(),
                () -> jdbc.query(
                        statement.sql(),
                        (row, number) -> statement.line(row),
                        statement.parameters().toArray()));
        List<List<CostLine>> lines = new ArrayList<>();
        statement.groupings().forEach(grouping -> lines.add(new ArrayList<>()));
        read.forEach(line -> lines.get(line.grouping()).add(line.line()));
        List<Breakdown> breakdowns =
                lines.subList(0, by.size()).stream().map(Costs::summed).toList();
        Usd total = breakdowns.getFirst().total();
        Map<Dimension, Dearest> dearestOf = new EnumMap<>(Dimension.class);
        for (int n = 0; n < dearest.size(); n++) {
            List<CostLine> first = lines.get(by.size() + n);
            first.sort(Comparator.comparing(CostLine::cost).reversed());
            dearestOf.put(dearest.get(n), new Dearest(first, total));
        }
        return new Together(breakdowns, dearestOf);
    }

    private static Breakdown summed(List<CostLine> lines) {
        return new Breakdown(lines, lines.stream().map(CostLine::cost).reduce(Usd.ZERO, Usd::plus));
    }

    /** Hands the lines over one by one, in constant memory; as many as the span has. */
    public void stream(CostQuery query, Consumer<CostLine> lines) {
        CostSql statement = CostSql.of(query);
        transactions.inTenant(query.tenant(), () -> {
            var streaming = new JdbcTemplate(Objects.requireNonNull(jdbc.getDataSource()));
            streaming.setFetchSize(ROWS_AT_ONCE);
            streaming.query(
                    statement.sql(),
                    row -> {
                        lines.accept(statement.line(row));
                    },
                    statement.parameters().toArray());
        });
    }

    /**
     * Writes the same lines in the text format of PostgreSQL's {@code copy} (tabs between, backslashes before what must be
     * escaped): the texts of the groups, then the sums in the order of {@link CostLine}. Nothing is made of a line here, so
     * that is as fast as the database.
     *
     * @param query not narrowed
     */
    public void copy(CostQuery query, TextOrder texts, OutputStream lines) {
        String statement = "copy (" + CostSql.of(query, texts).withParameters() + ") to stdout";
        transactions.inTenant(
                query.tenant(),
                () -> jdbc.execute((ConnectionCallback<Long>) connection -> {
                    try {
                        return connection
                                .unwrap(PGConnection.class)
                                .getCopyAPI()
                                .copyOut(statement, lines);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }));
    }

    /**
     * What the running month will have cost.
     *
     * @param project null: all of the tenant's
     * @param zone the tenant's
     */
    public Forecast forecast(TenantId tenant, @Nullable ProjectId project, ZoneId zone, Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        LocalDate month = today.withDayOfMonth(1);
        LocalDate week = today.minusDays(Forecast.DAYS);
        SortedMap<LocalDate, Usd> days = new TreeMap<>();
        breakdown(
                        tenant,
                        project,
                        new Span.Days(week.isBefore(month) ? week : month, month.plusMonths(1)),
                        List.of(Dimension.DAY))
                .items()
                .forEach(line -> days.put(LocalDate.parse(line.group().get(Dimension.DAY)), line.cost()));
        SortedMap<LocalDate, Usd> lately = days.subMap(week, today);
        Usd soFar = sum(days.tailMap(month));
        Usd spentToday = days.getOrDefault(today, Usd.ZERO);
        Usd perDay = lately.isEmpty()
                ? spentToday
                : Usd.rounded(sum(lately)
                        .amount()
                        .divide(BigDecimal.valueOf(DAYS.between(lately.firstKey(), today)), MathContext.DECIMAL128));
        long daysAfterToday = month.plusMonths(1).toEpochDay() - today.toEpochDay() - 1;
        Usd restOfToday = perDay.minus(spentToday).max(Usd.ZERO);
        Usd later = Usd.rounded(perDay.amount().multiply(BigDecimal.valueOf(daysAfterToday)));
        return new Forecast(soFar, perDay, soFar.plus(restOfToday).plus(later));
    }

    private static Usd sum(SortedMap<LocalDate, Usd> days) {
        return days.values().stream().reduce(Usd.ZERO, Usd::plus);
    }
}
