package dev.artemis.shared;

import java.security.SecureRandom;
import java.util.UUID;

/**
 * UUIDs of version 7 (RFC 9562): 48 bits of milliseconds, then 74 random bits, so that rows inserted together lie
 * together in their index. The time in an id orders rows and is never read back: this is the one place that asks the
 * system clock rather than an injected one.
 */
final class TimeOrderedIds {

    private static final SecureRandom random = new SecureRandom();

    private TimeOrderedIds() {}

    static UUID next() {
        long high = System.currentTimeMillis() << 16 | 0x7000 | random.nextInt(0x1000);
        long low = 0x8000_0000_0000_0000L | random.nextLong() >>> 2;
        return new UUID(high, low);
    }
}
