package dev.artemis.prices;

/**
 * A part of what was used that the catalogue has no rate for. Where it is recorded all the same, because it happened, it
 * costs the least that is known, or nothing. See ADR-0030.
 *
 * @param what the member of the usage object, or the field, that counts it
 * @param count how many; 1 to 10^12
 * @param why one sentence for the caller
 */
public record UnpricedPart(String what, long count, String why) {

    private static final int LONGEST = 200;

    /** Names that came from outside are cut. */
    public UnpricedPart {
        what = what.length() > LONGEST ? what.substring(0, LONGEST) : what;
    }
}
