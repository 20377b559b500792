package dev.artemis.sandbox.local;

import java.util.List;

/**
 * What a part of the sandbox adds to a launch.
 *
 * @param launcher options of {@code artemis-runner launch}
 * @param runner options of {@code artemis-runner run}
 */
record Held(List<String> launcher, List<String> runner) {

    static final Held NOTHING = new Held(List.of(), List.of());

    Held {
        launcher = List.copyOf(launcher);
        runner = List.copyOf(runner);
    }
}
