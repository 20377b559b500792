package dev.artemis.sandbox.kubernetes;

/** What pods that were made to try it found. */
record PodSight(NetworkSight network, UserSight users, MemorySight memory) {

    /** Where nobody looked at whom the kernel ends for memory. */
    PodSight(NetworkSight network, UserSight users) {
        this(network, users, MemorySight.UNKNOWN);
    }

    static PodSight untried() {
        return new PodSight(NetworkSight.untried(), UserSight.UNTRIED);
    }

    /** What was found holds until something else is found, not until nobody can look. @param before what was known */
    PodSight orElse(PodSight before) {
        boolean forgotten = !network.isKnown() && before.network.isKnown();
        return new PodSight(
                forgotten ? before.network : network,
                users == UserSight.UNTRIED ? before.users : users,
                memory == MemorySight.UNKNOWN ? before.memory : memory);
    }
}
