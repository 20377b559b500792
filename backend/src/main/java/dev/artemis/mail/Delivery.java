package dev.artemis.mail;

import java.util.List;

/** What became of a letter. */
public sealed interface Delivery {

    /**
     * The server took it.
     *
     * @param refused whom it did not take it for; empty: it took it for all its addressees
     */
    record Sent(List<Refusal> refused) implements Delivery {

        public Sent {
            refused = List.copyOf(refused);
        }

        Sent() {
            this(List.of());
        }
    }

    /** No server is named: {@code artemis.mail.host}. */
    record NotConfigured() implements Delivery {}

    /**
     * The server took it for nobody.
     *
     * @param why one sentence for people, without secrets
     * @param forGood the server refuses this letter or all addresses of it: trying again is of no use
     */
    record Failed(String why, boolean forGood) implements Delivery {}

    /**
     * All of it was handed over, and the server did not say whether it took it: whoever sends it again may send it twice.
     *
     * @param why one sentence for people, without secrets
     */
    record Uncertain(String why) implements Delivery {}

    /**
     * One addressee of a letter whom the server did not take it for.
     *
     * @param why what the server said
     * @param forGood trying again is of no use
     */
    record Refusal(String address, String why, boolean forGood) {

        /** For people. */
        @Override
        public String toString() {
            return address + " (" + why + ")";
        }
    }
}
