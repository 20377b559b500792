package dev.artemis.sandbox.kubernetes;

/** What pods that were made to try it found. */
record PodSight(NetworkSight network, UserSight users) {

    static PodSight untried() {
        return new PodSight(NetworkSight.untried(), UserSight.UNTRIED);
    }

    /** What was found holds until something else is found, not until nobody can look. @param before what was known */
    PodSight orElse(PodSight before) {
        boolean forgotten = !network.isKnown() && before.network.isKnown();
        return new PodSight(forgotten ? before.network : network, users == UserSight.UNTRIED ? before.users : users);
    }
}
