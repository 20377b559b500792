package dev.artemis.sandbox.local;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * The launcher's own last line: {@code launch EXIT SIGNAL OOM_KILLS CPU_US PEAK_BYTES}, what is known of a run whose runner could not tell.
 */
record LaunchEnd(int exitCode, int signal, long oomKills, Duration cpuTime, long maxMemoryBytes) {

    private static final String WORD = "launch ";

    /** Only the launcher writes such a line: the runner's begin with a number. */
    static boolean is(String line) {
        return line.startsWith(WORD);
    }

    static LaunchEnd parse(String line) {
        String[] words = line.split(" ");
        return new LaunchEnd(
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Long.parseLong(words[3]),
                Duration.of(Long.parseLong(words[4]), ChronoUnit.MICROS),
                Long.parseLong(words[5]));
    }
}
