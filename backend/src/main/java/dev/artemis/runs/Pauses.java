package dev.artemis.runs;

import java.time.Duration;

/** Pauses between tries: each is twice the one before, up to a longest. For one thread. */
final class Pauses {

    private final Duration first;
    private final Duration longest;
    private Duration next;

    Pauses(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = min(first, longest);
    }

    /** How long to wait before the next try. */
    Duration next() {
        Duration pause = next;
        next = min(pause.multipliedBy(2), longest);
        return pause;
    }

    /** It worked: the next one is a first one. */
    void over() {
        next = min(first, longest);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
