package dev.artemis.configuration;

import org.jspecify.annotations.Nullable;

/**
 * What a check found about one subject.
 *
 * @param subject one or two words such as "database"
 * @param detail one sentence, never with a secret
 * @param remedy what to do, as an instruction; null on a pass
 */
public record Finding(
        Verdict verdict,
        String subject,
        String detail,
        @Nullable String remedy) {

    /** How it stands. */
    public enum Verdict {
        /** It works. */
        PASS,
        /** It works, but not as it should. */
        WARN,
        /** It does not work: the server does not start. */
        FAIL
    }

    public static Finding pass(String subject, String detail) {
        return new Finding(Verdict.PASS, subject, detail, null);
    }

    public static Finding warn(String subject, String detail, String remedy) {
        return new Finding(Verdict.WARN, subject, detail, remedy);
    }

    public static Finding fail(String subject, String detail, String remedy) {
        return new Finding(Verdict.FAIL, subject, detail, remedy);
    }
}
