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

    /**
     * Nobody answered, or nobody may be asked.
     *
     * @param why in words that may be shown
     */
    record Unreachable(String why) implements Answer {}
}
