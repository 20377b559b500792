package dev.artemis.mail;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A language that letters are written in. */
public enum Tongue {
    ENGLISH("en"),
    GERMAN("de");

    private final String code;

    Tongue(String code) {
        this.code = code;
    }

    /** The one that comes next to what somebody asked for: English where we do not speak theirs. */
    public static Tongue of(Locale wanted) {
        return ofCode(wanted.getLanguage()).orElse(ENGLISH);
    }

    /** Of a two-letter code of ISO 639; empty where we do not speak it. */
    public static Optional<Tongue> ofCode(String code) {
        return Arrays.stream(values())
                .filter(tongue -> tongue.code.equals(code))
                .findFirst();
    }

    /** ISO 639's two letters. */
    public String code() {
        return code;
    }

    Locale locale() {
        return this == ENGLISH ? Locale.ROOT : Locale.of(code);
    }
}
