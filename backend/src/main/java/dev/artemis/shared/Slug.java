package dev.artemis.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A short name in an address: 1 to 63 lower-case letters, digits and hyphens, not beginning with a hyphen.
 *
 * @param value the name itself
 */
public record Slug(String value) {

    private static final Pattern SYNTAX = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public Slug {
        if (value.length() > 63 || !SYNTAX.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "1 to 63 lower-case letters, digits and hyphens, beginning with a letter or digit");
        }
    }

    @JsonCreator
    public static Slug of(String value) {
        return new Slug(value);
    }

    @Override
    @JsonValue
    public String toString() {
        return value;
    }
}
