package dev.artemis.ledger;

import dev.artemis.shared.EntryId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * Ids of entries: UUIDs of version 7 (RFC 9562) that begin with the milliseconds of the moment the database recorded
 * them, so that one index orders a project's entries by time, finds one by its id, and says which partition holds it.
 */
public final class LedgerIds {

    private static final SecureRandom random = new SecureRandom();

    private LedgerIds() {}

    /** A new id. Within one millisecond ids of a higher {@code position} (0 to 4095) sort later. */
    public static EntryId next(Instant recordedAt, int position) {
        return new EntryId(new UUID(
                high(recordedAt.toEpochMilli(), position & 0xfff), 0x8000_0000_0000_0000L | random.nextLong() >>> 2));
    }

    /** Not above any id of that moment or later. */
    public static UUID lowest(Instant recordedAt) {
        return new UUID(high(recordedAt.toEpochMilli(), 0), 0x8000_0000_0000_0000L);
    }

    /** The millisecond in which the entry was recorded. */
    public static Instant millisecond(EntryId id) {
        return Instant.ofEpochMilli(id.value().getMostSignificantBits() >>> 16);
    }

    private static long high(long millis, int position) {
        return millis << 16 | 0x7000 | position;
    }
}
