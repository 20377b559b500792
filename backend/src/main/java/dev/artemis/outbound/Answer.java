package dev.artemis.outbound;

/** What came of a request. */
public sealed interface Answer {

    /**
     * The other side answered.
     *
     * @param status of HTTP
     * @param body its beginning, for looking at and never for showing: it may repeat a secret
     */
    record Answered(int status, String body) implements Answer {}

    /** Nobody said anything. */
    sealed interface Nobody extends Answer {

        /** In words that may be shown. */
        String why();
    }

    /**
     * Nobody answered; somebody may later.
     *
     * @param why in words that may be shown
     */
    record Unreachable(String why) implements Nobody {}

    /**
     * Nobody may be asked there: it is no public address, or none at all.
     *
     * @param why in words that may be shown
     */
    record Forbidden(String why) implements Nobody {}
}
