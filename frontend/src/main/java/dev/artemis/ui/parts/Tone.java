package dev.artemis.ui.parts;

import java.util.Locale;

/** How something stands. The theme gives each a colour; the words beside it say the same. */
public enum Tone {
    GOOD,
    BUSY,
    WARN,
    BAD,
    CALM;

    String attribute() {
        return name().toLowerCase(Locale.ROOT);
    }
}
