package dev.artemis.prices;

import dev.artemis.shared.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of one call, each counted once. All from 0 to 10^12.
 *
 * @param tokensInput neither read from nor written to a cache
 * @param tokensCacheRead read from a cache
 * @param tokensCacheWrite5m written to a cache that lives five minutes
 * @param tokensCacheWrite1h written to a cache that lives an hour
 * @param tokensOutput answered, reasoning included
 */
public record Usage(
        long tokensInput, long tokensCacheRead, long tokensCacheWrite5m, long tokensCacheWrite1h, long tokensOutput) {

    /** The most of one kind that a single call may count. */
    public static final long MAX_TOKENS = 1_000_000_000_000L;

    /**
     * Checks the counts.
     *
     * @throws Problem 422 naming each field below 0 or above 10^12
     */
    public Usage {
        List<Problem.FieldFault> faults = new ArrayList<>();
        check(faults, "tokens_input", tokensInput);
        check(faults, "tokens_cache_read", tokensCacheRead);
        check(faults, "tokens_cache_write_5m", tokensCacheWrite5m);
        check(faults, "tokens_cache_write_1h", tokensCacheWrite1h);
        check(faults, "tokens_output", tokensOutput);
        if (!faults.isEmpty()) {
            throw Problem.notAllowed(faults);
        }
    }

    /** A call without any cache. */
    public static Usage of(long tokensInput, long tokensOutput) {
        return new Usage(tokensInput, 0, 0, 0, tokensOutput);
    }

    /** Written to a cache, of either lifetime. */
    public long tokensCacheWrite() {
        return tokensCacheWrite5m + tokensCacheWrite1h;
    }

    /** The whole prompt, cached or not: what a long-context threshold is compared with. */
    public long tokensPrompt() {
        return tokensInput + tokensCacheRead + tokensCacheWrite();
    }

    private static void check(List<Problem.FieldFault> faults, String field, long count) {
        if (count < 0 || count > MAX_TOKENS) {
            faults.add(new Problem.FieldFault(field, "0 to " + MAX_TOKENS));
        }
    }
}
