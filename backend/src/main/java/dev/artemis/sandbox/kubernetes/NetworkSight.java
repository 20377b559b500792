package dev.artemis.sandbox.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What two pods found of the network under deny-all: one listened, the other tried to reach it and the cluster's API. A pure translation of what
 * the second wrote, tested as a table (ADR-0053).
 */
sealed interface NetworkSight {

    /** Nothing was reached, though somebody listened. */
    record Closed() implements NetworkSight {}

    /** Something was reached, at the end as at the beginning. @param reached in words */
    record Open(String reached) implements NetworkSight {}

    /** Something was reached in a pod's first moments, and no longer after them: the policy comes after the pod. @param reached in words */
    record OpenAtFirst(String reached) implements NetworkSight {}

    /** There is no policy that shuts it: nothing needs to be tried. @param why in words */
    record Unshut(String why) implements NetworkSight {}

    /** Nobody has tried it yet; somebody is about to. */
    record Untried() implements NetworkSight {}

    /** It could not be tried. @param why in words */
    record Unknown(String why) implements NetworkSight {}

    /** What the pod that tries calls whom it tries. */
    String PEER = "peer";

    String API = "api";

    /** Whether anything was found. */
    default boolean isKnown() {
        return switch (this) {
            case Closed closed -> true;
            case Open open -> true;
            case OpenAtFirst atFirst -> true;
            case Unshut unshut -> true;
            case Untried untried -> false;
            case Unknown unknown -> false;
        };
    }

    static NetworkSight untried() {
        return new Untried();
    }

    /**
     * What was found.
     *
     * @param said one line for each that was tried: who, where, and {@code connected}, {@code connected-at-first}, or what came instead
     * @param listening whether the one that listens still did when all was tried: otherwise its silence says nothing
     */
    static NetworkSight of(String said, boolean listening) {
        List<String> open = new ArrayList<>();
        List<String> atFirst = new ArrayList<>();
        boolean peerTried = false;
        for (String line : said.lines().toList()) {
            String[] words = line.split(" ", 3);
            if (words.length < 3) {
                continue;
            }
            peerTried |= words[0].equals(PEER);
            switch (words[2]) {
                case "connected" -> open.add(named(words[0], words[1]));
                case "connected-at-first" -> atFirst.add(named(words[0], words[1]));
                // refused, timed out, no route: whoever listens was not reached
                default -> {}
            }
        }
        if (!open.isEmpty()) {
            return new Open(String.join(" and ", open));
        }
        if (!atFirst.isEmpty()) {
            return new OpenAtFirst(String.join(" and ", atFirst));
        }
        if (!peerTried) {
            return new Unknown("the pod that tries it said nothing of it");
        }
        return listening ? new Closed() : new Unknown("the pod that listens did not stay");
    }

    private static String named(String who, String where) {
        return Map.of(PEER, "another pod", API, "the cluster's API").getOrDefault(who, who) + " at " + where;
    }
}
