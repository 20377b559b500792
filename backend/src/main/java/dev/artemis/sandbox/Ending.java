package dev.artemis.sandbox;

/** The three ways in which a program ends. */
public sealed interface Ending {

    /** It ended by itself. @param code 0–255 */
    record Exited(int code) implements Ending {
        public Exited {
            if (code < 0 || code > 255) {
                throw new IllegalArgumentException("exit code must be within 0 and 255: " + code);
            }
        }
    }

    /** It died of a signal that was not ours. @param number 1–64, as on Linux */
    record Signalled(int number) implements Ending {
        public Signalled {
            if (number < 1 || number > 64) {
                throw new IllegalArgumentException("signal must be within 1 and 64: " + number);
            }
        }

        /** What a shell would tell: 128 + number. */
        public int exitCode() {
            return 128 + number;
        }

        /** Its name, such as {@code SIGSEGV}. */
        public String name() {
            return Signals.name(number);
        }
    }

    /** We ended it. */
    record Killed(KillReason reason) implements Ending {}
}
