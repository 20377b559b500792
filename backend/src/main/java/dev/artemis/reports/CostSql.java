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

    static final String SUMS = """
            sum(calls) as calls, sum(tokens_input) as tokens_input, sum(tokens_cache_read) as tokens_cache_read,
              sum(tokens_cache_write) as tokens_cache_write, sum(tokens_output) as tokens_output, sum(runs) as runs,
              sum(cpu_seconds) as cpu_seconds, sum(gib_seconds) as gib_seconds, sum(cost) as cost""";

    private static final String BY_DAY = """
            (select tenant_id, project_id, day, stage, model, provider, key_id, member_id, calls, tokens_input,
               tokens_cache_read, tokens_cache_write_5m + tokens_cache_write_1h as tokens_cache_write, tokens_output,
               runs, cpu_seconds, gib_seconds, cost
             from usage_by_day) source""";

    private static final String BY_CARD = "usage_by_card source";

    /** Of a team; days, where nothing was added up, all come after it. */
    private static final String ADDED_UP =
            "coalesce((select before from card_months where tenant_id = ?), date '0001-01-01')";

    /**
     * The days before the first whole month, whole months where they were added up, and the rest of the days. What is asked for of
     * it is asked of each part. Its dates are the first whole month, twice the one after the last, each with the team.
     */
    private static final String BY_DAY_AND_MONTH = """
            (select tenant_id, project_id, day, stage, model, provider, key_id, member_id, calls, tokens_input,
               tokens_cache_read, tokens_cache_write_5m + tokens_cache_write_1h as tokens_cache_write, tokens_output,
               runs, cpu_seconds, gib_seconds, cost
             from usage_by_day where day < ?
             union all
             select tenant_id, project_id, month, stage, model, provider, key_id, member_id, calls, tokens_input,
               tokens_cache_read, tokens_cache_write, tokens_output, runs, cpu_seconds, gib_seconds, cost
             from usage_by_month where month >= ? and month < least(?, ADDED_UP)
             union all
             select tenant_id, project_id, day, stage, model, provider, key_id, member_id, calls, tokens_input,
               tokens_cache_read, tokens_cache_write_5m + tokens_cache_write_1h, tokens_output, runs, cpu_seconds,
               gib_seconds, cost
             from usage_by_day where day >= greatest(?, least(?, ADDED_UP))) source""".replace("ADDED_UP", ADDED_UP);

    /**
     * The dearest cards of a team, of whole months with the days around them. Where the whole months that are added up are those of
     * {@code usage_by_card_year}, only the rest is summed: what is not in it stands there in its order. Costs alone say which cards
     * are told of; all else is summed of those only. See ADR-0068 and ADR-0079.
     */
    private static final String DEAREST_CARDS =
            """
            with added as materialized (select ADDED_UP as before),
            year as materialized (
              select tenant_id, first from (values (?::uuid, ?::date)) asked (tenant_id, first), added
              where added.before <= ? and first in (added.before - interval '11 months', added.before - interval '10 months')),
            rest as materialized (
              select card, sum(cost) as cost from (
                select card, cost from usage_by_card where tenant_id = ? and day >= ? and day < ?
                union all
                select card, cost from usage_by_card_month
                where tenant_id = ? and month >= ? and month < least(?, (select before from added))
                  and not exists (select from year)
                union all
                select card, cost from usage_by_card
                where tenant_id = ? and day >= greatest(?, least(?, (select before from added))) and day < ?) source
              group by card),
            whole as materialized (
              select y.card, y.cost from usage_by_card_year y
              where y.tenant_id = (select tenant_id from year) and y.first = (select first from year)
              order by y.cost desc, y.card limit MOST + (select count(*) from rest)),
            dearest as materialized (
              select card from (
                select card, cost from whole where card not in (select card from rest)
                union all
                select rest.card, rest.cost + coalesce(y.cost, 0)
                from rest left join usage_by_card_year y
                  on y.tenant_id = (select tenant_id from year) and y.first = (select first from year) and y.card = rest.card) cards
              order by cost desc, card limit MOST)
            select card, SUMS from (
              select card, calls, tokens_input, tokens_cache_read, tokens_cache_write, tokens_output, runs, cpu_seconds,
                gib_seconds, cost
              from usage_by_card where tenant_id = ? and day >= ? and day < ? and card = any (array(select card from dearest))
              union all
              select card, calls, tokens_input, tokens_cache_read, tokens_cache_write, tokens_output, runs, cpu_seconds,
                gib_seconds, cost
              from usage_by_card_month
              where tenant_id = ? and month >= ? and month < least(?, (select before from added))
                and not exists (select from year) and card = any (array(select card from dearest))
              union all
              select card, calls, tokens_input, tokens_cache_read, tokens_cache_write, tokens_output, runs, cpu_seconds,
                gib_seconds, cost
              from usage_by_card
              where tenant_id = ? and day >= greatest(?, least(?, (select before from added))) and day < ?
                and card = any (array(select card from dearest))
              union all
              select card, calls, tokens_input, tokens_cache_read, tokens_cache_write, tokens_output, runs, cpu_seconds,
                gib_seconds, cost
              from usage_by_card_year
              where tenant_id = (select tenant_id from year) and first = (select first from year)
                and card = any (array(select card from dearest))) source
            group by card""".replace("ADDED_UP", ADDED_UP).replace("SUMS", SUMS);

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

    /** Those that cost most, at most so many, what cost nothing among them; where two cost the same, always the same one of them. */
    static CostSql dearest(CostQuery query, int most) {
        List<Object> parameters = new ArrayList<>();
        return new CostSql(
                withTexts(
                        query.by(),
                        dearestSums(query, most, parameters),
                        "sums.cost desc, " + order(query, TextOrder.CODE_POINTS)),
                List.copyOf(parameters),
                query.by());
    }

    private static String dearestSums(CostQuery query, int most, List<Object> parameters) {
        UUID tenant = query.tenant().value();
        if (query.by().equals(List.of(Dimension.CARD))
                && query.project() == null
                && query.only().isEmpty()
                && query.span() instanceof Span.Days(LocalDate from, LocalDate to)
                && hasWholeMonth(from, to)) {
            LocalDate first = firstMonth(from);
            LocalDate after = to.withDayOfMonth(1);
            parameters.addAll(List.of(tenant, tenant, first, after));
            List<Object> sources = List.of(tenant, from, first, tenant, first, after, tenant, first, after, to);
            parameters.addAll(sources);
            parameters.addAll(sources);
            return DEAREST_CARDS.replace("MOST", Integer.toString(most));
        }
        String numbers = numbers(query);
        return "select " + numbers + ", " + SUMS + from(query, parameters) + "\ngroup by " + numbers
                + " order by sum(cost) desc, " + numbers + " limit " + most;
    }

    private static boolean hasWholeMonth(LocalDate from, LocalDate to) {
        return firstMonth(from).isBefore(to.withDayOfMonth(1));
    }

    private static LocalDate firstMonth(LocalDate from) {
        return from.getDayOfMonth() == 1 ? from : from.withDayOfMonth(1).plusMonths(1);
    }

    private static String numbers(CostQuery query) {
        return query.by().stream().map(CostSql::number).collect(Collectors.joining(", "));
    }

    private static String order(CostQuery query, TextOrder texts) {
        return query.by().stream().map(by -> order(by, texts)).collect(Collectors.joining(", "));
    }

    /** What is summed, and of it what was asked for. */
    static String from(CostQuery query, List<Object> parameters) {
        String source = switch (query.source()) {
            case USAGE_BY_DAY -> byDay(query, parameters);
            case USAGE_BY_CARD -> BY_CARD;
            case ENTRIES -> ENTRIES;
        };
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
        return "\nfrom " + source + "\n" + where;
    }

    /** By months where there are whole ones and no day is told from another. */
    private static String byDay(CostQuery query, List<Object> parameters) {
        if (query.by().contains(Dimension.DAY)
                || !(query.span() instanceof Span.Days(LocalDate from, LocalDate to))
                || !hasWholeMonth(from, to)) {
            return BY_DAY;
        }
        UUID tenant = query.tenant().value();
        LocalDate first = firstMonth(from);
        LocalDate after = to.withDayOfMonth(1);
        parameters.addAll(List.of(first, first, after, tenant, first, after, tenant));
        return BY_DAY_AND_MONTH;
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

    static String number(Dimension dimension) {
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

    static String text(Dimension dimension) {
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
    static String order(Dimension dimension, TextOrder texts) {
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
        return line(new Group(by, values), row, columns);
    }

    /** Reads the sums that stand behind so many columns. */
    static CostLine line(Group group, ResultSet row, int columns) throws SQLException {
        return new CostLine(
                group,
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
