package dev.artemis.reports;

import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The statement of a breakdown: sums by numbers and ids first, looks up their texts last. Names of columns come from
 * enums only, never from a request.
 */
record CostSql(String sql, List<Object> parameters, List<Dimension> by) {

    private static final String SUMS = """
            sum(calls) as calls, sum(tokens_input) as tokens_input, sum(tokens_cache_read) as tokens_cache_read,
              sum(tokens_cache_write) as tokens_cache_write, sum(tokens_output) as tokens_output, sum(runs) as runs,
              sum(cpu_seconds) as cpu_seconds, sum(gib_seconds) as gib_seconds, sum(cost) as cost""";

    private static final String BY_DAY = """
            (select tenant_id, project_id, day, stage, model, provider, key_id, member_id, calls, tokens_input,
               tokens_cache_read, tokens_cache_write_5m + tokens_cache_write_1h as tokens_cache_write, tokens_output,
               runs, cpu_seconds, gib_seconds, cost
             from usage_by_day) source""";

    private static final String BY_CARD = "usage_by_card source";

    /**
     * The days before the first whole month, whole months where they were added up, and the rest of the days. Its dates are the
     * first day, the first whole month, the one after the last, and the day after the last.
     */
    private static final String BY_CARD_AND_MONTH = """
            (with added as (select coalesce((select before from card_months where tenant_id = ?), date '0001-01-01') as before)
             select tenant_id, card, calls, tokens_input, tokens_cache_read, tokens_cache_write, tokens_output, runs,
               cpu_seconds, gib_seconds, cost
             from usage_by_card where tenant_id = ? and day >= ? and day < ?
             union all
             select tenant_id, card, calls, tokens_input, tokens_cache_read, tokens_cache_write, tokens_output, runs,
               cpu_seconds, gib_seconds, cost
             from usage_by_card_month where tenant_id = ? and month >= ? and month < least(?, (select before from added))
             union all
             select tenant_id, card, calls, tokens_input, tokens_cache_read, tokens_cache_write, tokens_output, runs,
               cpu_seconds, gib_seconds, cost
             from usage_by_card
             where tenant_id = ? and day >= greatest(?, least(?, (select before from added))) and day < ?) source""";

    /** What an entry has none of is null, which a sum passes over faster than a zero. */
    private static final String ENTRIES = """
            (select tenant_id, project_id, day, recorded_at, stage, model, provider, coalesce(card, 0) as card,
               coalesce(key_id, '00000000-0000-0000-0000-000000000000') as key_id,
               coalesce(member_id, '00000000-0000-0000-0000-000000000000') as member_id,
               (kind = 1)::int as calls, tokens_input, tokens_cache_read,
               coalesce(tokens_cache_write_5m + tokens_cache_write_1h, tokens_cache_write_5m, tokens_cache_write_1h)
                 as tokens_cache_write,
               tokens_output, (kind = 2)::int as runs, cpu_seconds, gib_seconds, cost
             from entries) source""";

    private static final UUID NOBODY = new UUID(0, 0);

    static CostSql of(CostQuery query) {
        return of(query, TextOrder.CODE_POINTS);
    }

    static CostSql of(CostQuery query, TextOrder texts) {
        List<Object> parameters = new ArrayList<>();
        String from = from(query, parameters);
        String numbers = numbers(query);
        String sums = "select " + (numbers.isEmpty() ? "" : numbers + ", ") + SUMS + from
                + (numbers.isEmpty() ? "" : "\ngroup by " + numbers);
        return new CostSql(withTexts(query.by(), sums, order(query, texts)), List.copyOf(parameters), query.by());
    }

    /**
     * Those that cost most, at most so many, what cost nothing among them; where two cost the same, always the same one of
     * them. They are chosen by their cost alone: all else is summed of the chosen.
     */
    static CostSql dearest(CostQuery query, int most) {
        List<Object> parameters = new ArrayList<>();
        String from = wholeMonths(query, parameters);
        if (from.isEmpty()) {
            from = from(query, parameters);
        }
        parameters.addAll(List.copyOf(parameters));
        String numbers = numbers(query);
        String sums = "with dearest as (select " + numbers + from + "\ngroup by " + numbers
                + " order by sum(cost) desc, " + numbers + " limit " + most + ")\nselect "
                + numbers
                + ", " + SUMS + from + " and (" + numbers + ") in (select * from dearest)\ngroup by " + numbers;
        return new CostSql(
                withTexts(query.by(), sums, "sums.cost desc, " + order(query, TextOrder.CODE_POINTS)),
                List.copyOf(parameters),
                query.by());
    }

    /** Empty: not a team's cards alone, or no whole month. */
    private static String wholeMonths(CostQuery query, List<Object> parameters) {
        if (!query.by().equals(List.of(Dimension.CARD))
                || query.project() != null
                || !query.only().isEmpty()
                || !(query.span() instanceof Span.Days(LocalDate from, LocalDate to))) {
            return "";
        }
        LocalDate first =
                from.getDayOfMonth() == 1 ? from : from.withDayOfMonth(1).plusMonths(1);
        LocalDate after = to.withDayOfMonth(1);
        if (!first.isBefore(after)) {
            return "";
        }
        UUID tenant = query.tenant().value();
        parameters.addAll(List.of(tenant, tenant, from, first, tenant, first, after, tenant, first, after, to));
        return "\nfrom " + BY_CARD_AND_MONTH + "\nwhere true";
    }

    private static String numbers(CostQuery query) {
        return query.by().stream().map(CostSql::number).collect(Collectors.joining(", "));
    }

    private static String order(CostQuery query, TextOrder texts) {
        return query.by().stream().map(by -> order(by, texts)).collect(Collectors.joining(", "));
    }

    /** What is summed, and of it what was asked for. */
    private static String from(CostQuery query, List<Object> parameters) {
        StringBuilder where = new StringBuilder("where tenant_id = ?");
        parameters.add(query.tenant().value());
        if (query.project() != null) {
            where.append(" and project_id = ?");
            parameters.add(query.project().value());
        }
        switch (query.span()) {
            case Span.Days(LocalDate from, LocalDate to) -> {
                where.append(" and day >= ? and day < ?");
                parameters.add(from);
                parameters.add(to);
                if (query.source() == CostQuery.Source.ENTRIES) {
                    // no entry is recorded before its day begins anywhere on earth: leaves out earlier partitions
                    where.append(" and recorded_at >= ?");
                    parameters.add(from.minusDays(2).atStartOfDay().atOffset(ZoneOffset.UTC));
                }
            }
            case Span.Stretch(var from, var to) -> {
                where.append(" and recorded_at >= ? and recorded_at < ?");
                parameters.add(from.atOffset(ZoneOffset.UTC));
                parameters.add(to.atOffset(ZoneOffset.UTC));
            }
        }
        query.only().forEach((dimension, value) -> narrow(where, parameters, query, dimension, value));
        String source = switch (query.source()) {
            case USAGE_BY_DAY -> BY_DAY;
            case USAGE_BY_CARD -> BY_CARD;
            case ENTRIES -> ENTRIES;
        };
        return "\nfrom " + source + "\n" + where;
    }

    /** The statement with its parameters written into it, for {@code copy}, which takes none: ids and times alone. */
    String withParameters() {
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (Object parameter : parameters) {
            int at = sql.indexOf('?', from);
            text.append(sql, from, at).append(literal(parameter));
            from = at + 1;
        }
        return text.append(sql, from, sql.length()).toString();
    }

    private static String literal(Object parameter) {
        return switch (parameter) {
            case UUID id -> "uuid '" + id + "'";
            case LocalDate day -> "date '" + day + "'";
            case OffsetDateTime time -> "timestamptz '" + time + "'";
            default -> throw new IllegalArgumentException("not written into a statement: " + parameter);
        };
    }

    /** What has no such value, such as calls without a card, has the number 0 or the zero id. */
    private static void narrow(
            StringBuilder where, List<Object> parameters, CostQuery query, Dimension dimension, String value) {
        where.append(" and ").append(number(dimension));
        switch (dimension) {
            case KEY, MEMBER -> {
                where.append(" = ?");
                parameters.add(value.isEmpty() ? NOBODY : UUID.fromString(value));
            }
            case STAGE, MODEL, PROVIDER, CARD -> {
                if (value.isEmpty()) {
                    where.append(" = 0");
                } else {
                    where.append(" = (select label_id from labels where tenant_id = ? and text = ?)");
                    parameters.add(query.tenant().value());
                    parameters.add(value);
                }
            }
            case TENANT, PROJECT, DAY, MONTH -> throw new IllegalArgumentException("not narrowed to: " + dimension);
        }
    }

    private static String withTexts(List<Dimension> by, String sums, String order) {
        StringBuilder columns = new StringBuilder();
        StringBuilder joins = new StringBuilder();
        for (Dimension dimension : by) {
            columns.append(text(dimension)).append(" as by_").append(dimension).append(", ");
            switch (dimension) {
                case TENANT -> joins.append("\njoin tenants t on t.tenant_id = sums.tenant_id");
                case PROJECT -> joins.append("\njoin projects p on p.project_id = sums.project_id");
                case STAGE, MODEL, PROVIDER, CARD ->
                    joins.append("\nleft join labels l_%1$s on l_%1$s.label_id = sums.%1$s".formatted(dimension));
                case KEY, MEMBER, DAY, MONTH -> {}
            }
        }
        return "select " + columns + "calls, tokens_input, tokens_cache_read, tokens_cache_write, tokens_output, runs, "
                + "cpu_seconds, gib_seconds, cost\nfrom (" + sums + ") sums" + joins
                + (order.isEmpty() ? "" : "\norder by " + order);
    }

    private static String number(Dimension dimension) {
        return switch (dimension) {
            case TENANT -> "tenant_id";
            case PROJECT -> "project_id";
            case STAGE -> "stage";
            case MODEL -> "model";
            case PROVIDER -> "provider";
            case CARD -> "card";
            case KEY -> "key_id";
            case MEMBER -> "member_id";
            case DAY -> "day";
            case MONTH -> "date_trunc('month', day)";
        };
    }

    private static String text(Dimension dimension) {
        return switch (dimension) {
            case TENANT -> "t.slug";
            case PROJECT -> "p.slug";
            case STAGE, MODEL, PROVIDER, CARD -> "coalesce(l_" + dimension + ".text, '')";
            case KEY -> "coalesce(nullif(sums.key_id, '00000000-0000-0000-0000-000000000000')::text, '')";
            case MEMBER -> "coalesce(nullif(sums.member_id, '00000000-0000-0000-0000-000000000000')::text, '')";
            case DAY -> "sums.day::text";
            case MONTH -> "to_char(sums.date_trunc, 'YYYY-MM')";
        };
    }

    /** What sorts as its text does: days and ids sort faster than texts. */
    private static String order(Dimension dimension, TextOrder texts) {
        return switch (dimension) {
            case TENANT, PROJECT, STAGE, MODEL, PROVIDER, CARD -> text(dimension) + texts.sql();
            case KEY -> "sums.key_id";
            case MEMBER -> "sums.member_id";
            case DAY -> "sums.day";
            case MONTH -> "sums.date_trunc";
        };
    }

    /** Reads one row of the result: millions of them in an export, so by position and without a map for each. */
    CostLine line(ResultSet row) throws SQLException {
        int columns = by.size();
        String[] values = new String[columns];
        for (int n = 0; n < columns; n++) {
            values[n] = Objects.requireNonNullElse(row.getString(n + 1), "");
        }
        return new CostLine(
                new Group(by, values),
                row.getLong(columns + 1),
                row.getLong(columns + 2),
                row.getLong(columns + 3),
                row.getLong(columns + 4),
                row.getLong(columns + 5),
                row.getLong(columns + 6),
                quantity(row, columns + 7),
                quantity(row, columns + 8),
                new Usd(quantity(row, columns + 9)));
    }

    /** A sum over nothing is null. */
    private static BigDecimal quantity(ResultSet row, int column) throws SQLException {
        BigDecimal sum = row.getBigDecimal(column);
        return sum == null || sum.signum() == 0 ? BigDecimal.ZERO : sum.stripTrailingZeros();
    }
}
