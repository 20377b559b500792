package dev.artemis.schedules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a report comes to its readers. */
public enum DeliveryWay {
    /** A link to a page; whoever follows it signs in. */
    LINK,
    /** The file itself; a link where it is too large for a letter. */
    ATTACHMENT;

    /**
     * Reads the API's name.
     *
     * @throws IllegalArgumentException there is none of that name
     */
    @JsonCreator
    public static DeliveryWay of(String name) {
        for (DeliveryWay way : values()) {
            if (way.toString().equals(name)) {
                return way;
            }
        }
        throw new IllegalArgumentException("one of link, attachment");
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
