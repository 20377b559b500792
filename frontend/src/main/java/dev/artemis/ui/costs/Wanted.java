package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.router.QueryParameters;
import dev.artemis.reports.CostQuery;
import dev.artemis.reports.Dimension;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.Tone;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the address of the costs page asks for.
 *
 * @param preset a named stretch that moves with the calendar
 * @param custom the days, where the preset is {@link Preset#CUSTOM}
 * @param project slug; null for all
 * @param by first grouping
 * @param then second grouping; null for none
 * @param only what is left out unless it has these values
 */
record Wanted(
        Preset preset,
        @Nullable CostPeriod custom,
        @Nullable String project,
        Dimension by,
        @Nullable Dimension then,
        Map<Dimension, String> only) {

    /** Stretches of time that people ask for. */
    enum Preset {
        MONTH,
        LAST_MONTH,
        DAYS_30,
        DAYS_90,
        YEAR,
        CUSTOM
    }

    /** A team's page has one team. */
    static Wanted of(QueryParameters query) {
        return of(query, Dimension.STAGE, Dimension.MODEL, EnumSet.complementOf(EnumSet.of(Dimension.TENANT)));
    }

    /** Of all teams together: no project is one of all of them. */
    static Wanted ofAllTeams(QueryParameters query) {
        return of(query, Dimension.TENANT, null, EnumSet.allOf(Dimension.class)).withProject(null);
    }

    private static Wanted of(
            QueryParameters query, Dimension first, @Nullable Dimension second, Set<Dimension> groupings) {
        Dimension by = query.getSingleParameter("by")
                .flatMap(text -> dimension(text, groupings))
                .orElse(first);
        Optional<CostPeriod> custom = custom(query);
        Preset preset = custom.isPresent()
                ? Preset.CUSTOM
                : query.getSingleParameter("period").flatMap(Wanted::preset).orElse(Preset.MONTH);
        return new Wanted(
                preset,
                custom.orElse(null),
                query.getSingleParameter("project").orElse(null),
                by,
                query.getSingleParameter("then")
                        .flatMap(text -> dimension(text, groupings))
                        .filter(it -> it != by)
                        .orElse(query.getSingleParameter("by").isPresent() ? null : second),
                only(query));
    }

    /** What a file's name ends with where it has not all that was spent, as the API's do. See ADR-0075. */
    String narrowed() {
        return only.isEmpty() ? "" : "-narrowed";
    }

    /** What a team's address asks for and nobody can mean, by its names; the usual is shown in its place. */
    static List<String> unclear(QueryParameters query) {
        return unclear(query, of(query), EnumSet.complementOf(EnumSet.of(Dimension.TENANT)));
    }

    /** The same of all teams'. */
    static List<String> unclearOfAllTeams(QueryParameters query) {
        List<String> unclear = unclear(query, ofAllTeams(query), EnumSet.allOf(Dimension.class));
        query.getSingleParameter("project").ifPresent(project -> unclear.add("project"));
        return unclear;
    }

    private static List<String> unclear(QueryParameters query, Wanted understood, Set<Dimension> groupings) {
        List<String> unclear = new ArrayList<>();
        Stream.of("by", "then")
                .filter(name -> isUnclear(query, name, text -> dimension(text, groupings)))
                .forEach(unclear::add);
        if (query.getSingleParameter("then").equals(Optional.of(understood.by().toString()))) {
            unclear.add("then");
        }
        Optional<String> from = query.getSingleParameter("from");
        Optional<String> to = query.getSingleParameter("to");
        if ((from.isPresent() || to.isPresent()) && custom(query).isEmpty()) {
            unclear.addAll(List.of("from", "to"));
        }
        if (isUnclear(query, "period", Wanted::preset)) {
            unclear.add("period");
        }
        CostQuery.NARROWING.stream()
                .filter(dimension -> query.getSingleParameter(dimension.toString())
                        .filter(text -> !isPossible(dimension, text))
                        .isPresent())
                .map(Dimension::toString)
                .forEach(unclear::add);
        return unclear;
    }

    private static boolean isUnclear(QueryParameters query, String name, Function<String, Optional<?>> meaning) {
        return query.getSingleParameter(name)
                .filter(text -> meaning.apply(text).isEmpty())
                .isPresent();
    }

    /** Says so on the page; nothing where all is clear. */
    static Optional<Note> note(List<String> unclear) {
        return unclear.isEmpty()
                ? Optional.empty()
                : Optional.of(new Note(Tone.WARN, translate("costs.unclear", String.join(", ", unclear))));
    }

    private static Optional<CostPeriod> custom(QueryParameters query) {
        return query.getSingleParameter("from")
                .flatMap(Wanted::day)
                .flatMap(from -> query.getSingleParameter("to")
                        .flatMap(Wanted::day)
                        .filter(to -> CostPeriod.isOne(from, to))
                        .map(to -> new CostPeriod(from, to)));
    }

    /** What the address narrows to; what cannot be one narrows to nothing. */
    static Map<Dimension, String> only(QueryParameters query) {
        Map<Dimension, String> only = new EnumMap<>(Dimension.class);
        CostQuery.NARROWING.forEach(dimension -> query.getSingleParameter(dimension.toString())
                .filter(value -> isPossible(dimension, value))
                .ifPresent(value -> only.put(dimension, value)));
        return only;
    }

    /** A text with a zero in it is none to PostgreSQL. */
    private static boolean isPossible(Dimension dimension, String value) {
        return dimension == Dimension.KEY || dimension == Dimension.MEMBER
                ? isIdOrNone(value)
                : value.indexOf('\0') < 0;
    }

    private static boolean isIdOrNone(String text) {
        try {
            return text.isEmpty() || !UUID.fromString(text).toString().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    QueryParameters query() {
        Map<String, String> query = new LinkedHashMap<>();
        if (custom == null) {
            query.put("period", preset.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        } else {
            query.put("from", custom.from().toString());
            query.put("to", custom.to().toString());
        }
        if (project != null) {
            query.put("project", project);
        }
        query.put("by", by.toString());
        if (then != null) {
            query.put("then", then.toString());
        }
        only.forEach((dimension, value) -> query.put(dimension.toString(), value));
        return QueryParameters.simple(query);
    }

    /** Both groupings, or the one. */
    List<Dimension> groups() {
        return then == null ? List.of(by) : List.of(by, then);
    }

    /** By what a chart's columns are made up, since they stand for time. */
    Dimension stacked(Dimension otherwise) {
        boolean time = by == Dimension.DAY || by == Dimension.MONTH;
        return !time ? by : then == null || then == Dimension.DAY || then == Dimension.MONTH ? otherwise : then;
    }

    CostPeriod period(LocalDate today) {
        return switch (preset) {
            case MONTH -> CostPeriod.monthOf(today);
            case LAST_MONTH -> CostPeriod.monthOf(today).before();
            case DAYS_30 -> CostPeriod.lastDays(30, today);
            case DAYS_90 -> CostPeriod.lastDays(90, today);
            case YEAR -> CostPeriod.lastYear(today);
            case CUSTOM -> custom == null ? CostPeriod.monthOf(today) : custom;
        };
    }

    Wanted withPreset(Preset other) {
        return new Wanted(other, null, project, by, then, only);
    }

    Wanted withDays(CostPeriod days) {
        return new Wanted(Preset.CUSTOM, days, project, by, then, only);
    }

    Wanted withProject(@Nullable String other) {
        return new Wanted(preset, custom, other, by, then, only);
    }

    Wanted withBy(Dimension other) {
        return new Wanted(preset, custom, project, other, other == then ? null : then, only);
    }

    Wanted withThen(@Nullable Dimension other) {
        return new Wanted(preset, custom, project, by, other, only);
    }

    /** Narrowed to one value more. */
    Wanted with(Dimension dimension, String value) {
        Map<Dimension, String> more = new EnumMap<>(Dimension.class);
        more.putAll(only);
        more.put(dimension, value);
        return new Wanted(preset, custom, project, by, then, more);
    }

    Wanted without(Dimension dimension) {
        Map<Dimension, String> less = new EnumMap<>(Dimension.class);
        less.putAll(only);
        less.remove(dimension);
        return new Wanted(preset, custom, project, by, then, less);
    }

    private static Optional<Dimension> dimension(String text, Set<Dimension> groupings) {
        return groupings.stream().filter(it -> it.toString().equals(text)).findFirst();
    }

    private static Optional<Preset> preset(String text) {
        return Arrays.stream(Preset.values())
                .filter(it -> it.name().equalsIgnoreCase(text.replace('-', '_')) && it != Preset.CUSTOM)
                .findFirst();
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
