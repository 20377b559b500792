package dev.artemis.ledger;

import dev.artemis.shared.ProjectId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The statement that finds the newest entries of a query. Names of columns come from here only, never from a request. */
record EntrySql(String sql, List<Object> parameters) {

    /** No entry is recorded before its day begins anywhere on earth. */
    private static final int DAYS_BEFORE = 2;
    /** Those recorded later than so many days after their day are in an index of their own. */
    private static final int DAYS_AFTER = 3;

    /**
     * A stretch of the time in which the entries of a query were recorded. On the edge of its first day those of the day before lie among
     * them, tens of thousands of a large team: they are passed over for whoever asks for more than was recorded since.
     */
    enum Recorded {
        SINCE_THE_EDGE,
        AT_THE_EDGE,
        ANY_TIME
    }

    /** In their order, the newest first; no entry is in two of them. */
    static List<Recorded> stretches(EntryQuery query) {
        return switch (query.when()) {
            case EntryQuery.When.Recorded _ -> List.of(Recorded.ANY_TIME);
            case EntryQuery.When.Days _ -> List.of(Recorded.SINCE_THE_EDGE, Recorded.AT_THE_EDGE);
        };
    }

    static EntrySql of(EntryQuery query, Recorded stretch, int most) {
        List<Object> parameters = new ArrayList<>();
        if (query.projects().size() == 1) {
            return new EntrySql(ofEach(query, stretch, most, parameters), List.copyOf(parameters));
        }
        parameters.add(query.projects().stream().map(ProjectId::value).toArray(UUID[]::new));
        // the newest of each, so that every project is read from the end of its index
        String sql = "select found.* from unnest(?) project (id) cross join lateral ("
                + ofEach(query, stretch, most, parameters) + ") found order by entry_id desc limit ?";
        parameters.add(most);
        return new EntrySql(sql, List.copyOf(parameters));
    }

    private static String ofEach(EntryQuery query, Recorded stretch, int most, List<Object> parameters) {
        return switch (query.when()) {
            case EntryQuery.When.Recorded(Instant from, Instant to) ->
                newest(recorded(query, from, to, parameters), most, parameters);
            case EntryQuery.When.Days(LocalDate from, LocalDate to) -> {
                Instant edge = from.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
                Instant earliest =
                        from.minusDays(DAYS_BEFORE).atStartOfDay(ZoneOffset.UTC).toInstant();
                Instant latest =
                        to.plusDays(DAYS_AFTER).atStartOfDay(ZoneOffset.UTC).toInstant();
                if (stretch == Recorded.AT_THE_EDGE) {
                    yield newest(
                            inDays(recorded(query, earliest, edge, parameters), from, to, parameters),
                            most,
                            parameters);
                }
                String soon = newest(
                        inDays(recorded(query, edge, latest, parameters), from, to, parameters), most, parameters);
                String late = newest(late(query, from, to, parameters), most, parameters);
                parameters.add(most);
                yield "(" + soon + ") union all (" + late + ") order by entry_id desc limit ?";
            }
        };
    }

    private static String newest(StringBuilder where, int most, List<Object> parameters) {
        parameters.add(most);
        return "select * from entries where " + where + " order by entry_id desc limit ?";
    }

    private static StringBuilder recorded(EntryQuery query, Instant from, Instant to, List<Object> parameters) {
        StringBuilder where = common(query, parameters);
        where.append(" and recorded_at >= ? and recorded_at < ? and entry_id >= ? and entry_id < ?");
        parameters.add(from.atOffset(ZoneOffset.UTC));
        parameters.add(to.atOffset(ZoneOffset.UTC));
        parameters.add(LedgerIds.lowest(from));
        parameters.add(LedgerIds.lowest(to.plusMillis(1)));
        return where;
    }

    private static StringBuilder late(EntryQuery query, LocalDate from, LocalDate to, List<Object> parameters) {
        StringBuilder where = common(query, parameters);
        // as the index entries_of_earlier_days says it
        where.append(" and recorded_at >= ? and (recorded_at at time zone 'UTC')::date - day > 2");
        parameters.add(to.plusDays(DAYS_AFTER).atStartOfDay().atOffset(ZoneOffset.UTC));
        return inDays(where, from, to, parameters);
    }

    private static StringBuilder inDays(StringBuilder where, LocalDate from, LocalDate to, List<Object> parameters) {
        where.append(" and day >= ? and day < ?");
        parameters.add(from);
        parameters.add(to);
        return where;
    }

    private static StringBuilder common(EntryQuery query, List<Object> parameters) {
        StringBuilder where = new StringBuilder("tenant_id = ? and project_id = ");
        parameters.add(query.tenant().value());
        if (query.projects().size() == 1) {
            where.append('?');
            parameters.add(query.projects().getFirst().value());
        } else {
            where.append("project.id");
        }
        if (query.before() != null) {
            where.append(" and entry_id < ?");
            parameters.add(query.before().value());
        }
        query.only().forEach((by, value) -> narrow(where, parameters, by, value));
        return where;
    }

    private static void narrow(StringBuilder where, List<Object> parameters, EntryQuery.By by, String value) {
        String column = switch (by) {
            case STAGE -> "stage";
            case MODEL -> "model";
            case PROVIDER -> "provider";
            case CARD -> "card";
            case KEY -> "key_id";
            case MEMBER -> "member_id";
        };
        where.append(" and ").append(column);
        if (value.isEmpty()) {
            where.append(" is null");
            return;
        }
        switch (by) {
            case KEY, MEMBER -> {
                where.append(" = ?");
                parameters.add(UUID.fromString(value));
            }
            case STAGE, MODEL, PROVIDER, CARD -> {
                where.append(" = (select label_id from labels where tenant_id = current_tenant() and text = ?)");
                parameters.add(value);
            }
        }
    }
}
