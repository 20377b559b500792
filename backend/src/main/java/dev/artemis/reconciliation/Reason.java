package dev.artemis.reconciliation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a model's day may differ. */
public enum Reason {
    /** Less than a cent, or a ten-thousandth: files round. */
    ROUNDING,
    /** Billed, and the ledger knows nothing of it: calls that went past the platform, or a model named otherwise. */
    NOT_IN_LEDGER,
    /** In the ledger and not billed: another account's key, or the file has not all yet. */
    NOT_BILLED,
    /** The day before or after differs by as much the other way: midnight was crossed between call and record. */
    NEIGHBOURING_DAY,
    /** The ledger has corrections of that model's calls of that day. */
    CORRECTED,
    /** Billed is the same multiple of the ledger on each day: another price than the catalogue's. */
    OTHER_PRICE,
    /** About half: batch or flex prices, which the ledger was not told of. */
    HALF_PRICE,
    /** More is billed: some calls were not recorded. */
    CALLS_MISSING,
    /** Less is billed: calls were recorded twice, or the provider gave a credit. */
    RECORDED_TOO_MUCH,
    /** The file names no model: the day was compared as a whole. */
    NO_MODEL;

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
