package dev.artemis.mail;

/** What became of a letter. */
public sealed interface Delivery {

    /** The server took it for all its addressees. */
    record Sent() implements Delivery {}

    /** No server is named: {@code artemis.mail.host}. */
    record NotConfigured() implements Delivery {}

    /**
     * It was not sent.
     *
     * @param why one sentence for people, without secrets
     * @param forGood the server refuses this letter or an address of it: trying again is of no use
     */
    record Failed(String why, boolean forGood) implements Delivery {}
}
