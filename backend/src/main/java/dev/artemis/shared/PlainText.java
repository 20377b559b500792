package dev.artemis.shared;

import java.nio.charset.StandardCharsets;

/** Text that a person may read and the database can keep: no control characters, no halves of a surrogate pair. */
public final class PlainText {

    private PlainText() {}

    /** Whether the text is such. Empty text is. */
    public static boolean is(String text) {
        return text.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
