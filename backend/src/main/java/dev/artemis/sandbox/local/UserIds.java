package dev.artemis.sandbox.local;

import java.util.BitSet;
import java.util.OptionalInt;

/** A user id for each run at one time, so that runs cannot signal, count or fill each other's. Safe for several threads. */
final class UserIds {

    private final int first;
    private final int count;
    private final BitSet taken = new BitSet();

    UserIds(int first, int count) {
        this.first = first;
        this.count = count;
    }

    synchronized OptionalInt take() {
        int free = taken.nextClearBit(0);
        if (free >= count) {
            return OptionalInt.empty();
        }
        taken.set(free);
        return OptionalInt.of(first + free);
    }

    synchronized void giveBack(int id) {
        taken.clear(id - first);
    }
}
