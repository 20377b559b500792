package dev.artemis.sandbox.kubernetes;

/** What a trial found of a pod that asks for users of its own ({@code hostUsers: false}); see ADR-0054. */
enum UserSight {
    UNTRIED,
    /** It was started, and its users are none of its node's. */
    OWN,
    /** The cluster does not keep the field: it is older, or has it off. */
    DROPPED,
    /** It was not started: a node's kernel or container runtime cannot. */
    NOT_STARTED,
    /** It was started, with its node's users. */
    SHARED;

    /** What such a pod left when it ended: its program's words, or those of whoever could not start it. */
    static UserSight of(String said) {
        if (said.lines().anyMatch("users own"::equals)) {
            return OWN;
        }
        return said.lines().anyMatch("users host"::equals) ? SHARED : NOT_STARTED;
    }
}
