package dev.artemis.reports;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.artemis.shared.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What costs can be grouped by. */
public enum Dimension {
    /** The team's slug; for reports over all teams. */
    TENANT,
    /** The project's slug. */
    PROJECT,
    /** Step of the pipeline. */
    STAGE,
    /** The catalogue's name of the model; "sandbox" for compute. */
    MODEL,
    /** The catalogue's name of the provider; "artemis" for compute. */
    PROVIDER,
    /** Ticket of work; empty where none was named. */
    CARD,
    /** Id of the API key; empty where none was used. */
    KEY,
    /** Id of the member; empty where none is behind it. */
    MEMBER,
    /** Day of the tenant's time zone, 2026-11-23. */
    DAY,
    /** Month of it, 2026-11. */
    MONTH;

    /**
     * Reads the API's name.
     *
     * @throws IllegalArgumentException there is none of that name
     */
    public static Dimension of(String text) {
        for (Dimension dimension : values()) {
            if (dimension.toString().equals(text)) {
                return dimension;
            }
        }
        throw new IllegalArgumentException(
                "one of tenant, project, stage, model, provider, card, key, member, day, month");
    }

    /**
     * Reads the API's names, such as "stage,model"; none where the text is blank.
     *
     * @throws Problem 422: there is none of a name
     */
    public static List<Dimension> list(String names) {
        List<Dimension> dimensions = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            if (!name.isBlank()) {
                try {
                    dimensions.add(of(name.strip()));
                } catch (IllegalArgumentException e) {
                    throw Problem.notAllowed("group_by", String.valueOf(e.getMessage()));
                }
            }
        }
        return List.copyOf(dimensions);
    }

    /**
     * The same for several teams at once: projects of two teams are two, also where both call it "web", so a project is
     * named with its team.
     */
    public static List<Dimension> acrossTeams(List<Dimension> by) {
        if (!by.contains(PROJECT) || by.contains(TENANT)) {
            return by;
        }
        List<Dimension> named = new ArrayList<>(by);
        named.add(by.indexOf(PROJECT), TENANT);
        return List.copyOf(named);
    }

    /** The API's name, such as "stage". */
    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
