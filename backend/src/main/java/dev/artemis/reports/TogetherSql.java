package dev.artemis.reports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The statement of several breakdowns of the same costs: their rows are read once, and summed by each of the groupings. See ADR-0079.
 *
 * @param columns all that is grouped by, in the order in which lines are sorted
 * @param groupings no two of the same dimensions; each in the order of the columns
 */
record TogetherSql(String sql, List<Object> parameters, List<Dimension> columns, List<List<Dimension>> groupings) {

    /** A line, and which grouping it is of. */
    record Line(int grouping, CostLine line) {}

    /**
     * Of these groupings all groups, and of these dimensions those that cost most.
     *
     * @param of by nothing
     * @throws IllegalArgumentException two are of the same dimensions, or of the same in another order; some are not summed by day
     */
    static TogetherSql of(CostQuery of, List<List<Dimension>> whole, List<Dimension> dearest, int most) {
        List<List<Dimension>> groupings = new ArrayList<>(whole);
        dearest.forEach(dimension -> groupings.add(List.of(dimension)));
        List<Dimension> columns =
                groupings.stream().flatMap(List::stream).distinct().toList();
        var all = new CostQuery(of.tenant(), of.project(), of.span(), columns, of.only());
        check(all, groupings, dearest);
        List<Object> parameters = new ArrayList<>();
        String numbers = columns.stream().map(CostSql::number).collect(Collectors.joining(", "));
        String sums = "select " + numbers + ", grouping(" + numbers + ") as absent, " + CostSql.SUMS
                + CostSql.from(all, parameters) + "\ngroup by grouping sets ("
                + groupings.stream().map(TogetherSql::set).collect(Collectors.joining(", ")) + ")";
        String order = columns.stream()
                .map(column -> CostSql.order(column, TextOrder.CODE_POINTS))
                .collect(Collectors.joining(", "));
        if (!dearest.isEmpty()) {
            sums = "select * from (select *, row_number() over (partition by absent order by cost desc, "
                    + dearest.stream().map(CostSql::number).collect(Collectors.joining(", "))
                    + ") as place from (" + sums + ") each) placed where place <= " + most + " or absent in ("
                    + whole.stream()
                            .map(grouping -> Integer.toString(absent(columns, grouping)))
                            .collect(Collectors.joining(", "))
                    + ")";
        }
        return new TogetherSql(withTexts(columns, sums, order), List.copyOf(parameters), columns, groupings);
    }

    private static void check(CostQuery all, List<List<Dimension>> groupings, List<Dimension> dearest) {
        if (all.source() != CostQuery.Source.USAGE_BY_DAY
                || all.by().contains(Dimension.TENANT)
                || groupings.size() == dearest.size()
                || groupings.contains(List.<Dimension>of())
                || dearest.contains(Dimension.MONTH)) {
            throw new IllegalArgumentException("not summed together: " + groupings + " of " + all.source());
        }
        for (List<Dimension> grouping : groupings) {
            List<Integer> places = grouping.stream().map(all.by()::indexOf).toList();
            if (!places.stream().sorted().distinct().toList().equals(places)) {
                throw new IllegalArgumentException("not in the order of " + all.by() + ": " + grouping);
            }
        }
        if (groupings.stream().distinct().count() < groupings.size()) {
            throw new IllegalArgumentException("asked for twice: " + groupings);
        }
    }

    private static String set(List<Dimension> grouping) {
        return grouping.stream().map(CostSql::number).collect(Collectors.joining(", ", "(", ")"));
    }

    /** As PostgreSQL tells a grouping: a bit for each column that it has not, the last column's being the lowest. */
    private static int absent(List<Dimension> columns, List<Dimension> grouping) {
        int absent = 0;
        for (Dimension column : columns) {
            absent = absent * 2 + (grouping.contains(column) ? 0 : 1);
        }
        return absent;
    }

    /** What a line is not grouped by is null, and has no text. */
    private static String withTexts(List<Dimension> columns, String sums, String order) {
        StringBuilder texts = new StringBuilder();
        StringBuilder joins = new StringBuilder();
        for (Dimension column : columns) {
            texts.append(CostSql.text(column)).append(" as by_").append(column).append(", ");
            switch (column) {
                case PROJECT -> joins.append("\nleft join projects p on p.project_id = sums.project_id");
                case STAGE, MODEL, PROVIDER ->
                    joins.append("\nleft join labels l_%1$s on l_%1$s.label_id = sums.%1$s".formatted(column));
                case KEY, MEMBER, DAY, MONTH -> {}
                case TENANT, CARD -> throw new IllegalArgumentException("not summed together: " + column);
            }
        }
        return "select " + texts + "calls, tokens_input, tokens_cache_read, tokens_cache_write, tokens_output, runs, "
                + "cpu_seconds, gib_seconds, cost, absent\nfrom (" + sums + ") sums" + joins + "\norder by " + order;
    }

    Line line(ResultSet row) throws SQLException {
        int absent = row.getInt("absent");
        for (int n = 0; n < groupings.size(); n++) {
            List<Dimension> by = groupings.get(n);
            if (absent(columns, by) == absent) {
                String[] values = new String[by.size()];
                for (int value = 0; value < values.length; value++) {
                    values[value] = Objects.requireNonNullElse(row.getString(columns.indexOf(by.get(value)) + 1), "");
                }
                return new Line(n, CostSql.line(new Group(by, values), row, columns.size()));
            }
        }
        throw new IllegalStateException("no grouping without " + absent);
    }
}
