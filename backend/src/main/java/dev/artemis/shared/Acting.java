package dev.artemis.shared;

/**
 * As what somebody acts in a team.
 *
 * @param role whose pages and lists they see
 * @param reach whether they change what the role may change, or only look
 */
public record Acting(Role role, Reach reach) {

    /** How far a role reaches. */
    public enum Reach {
        CHANGING,
        READING
    }

    /** With all that the role may. */
    public static Acting as(Role role) {
        return new Acting(role, Reach.CHANGING);
    }

    /** Sees what the role sees, and changes nothing: the platform's finance, and the people of a suspended team. */
    public static Acting reading(Role role) {
        return new Acting(role, Reach.READING);
    }

    public boolean changes() {
        return reach == Reach.CHANGING;
    }
}
