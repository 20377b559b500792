package dev.artemis.budgets.web;

import dev.artemis.prices.CountedUsage;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.prices.UsageObjects;
import dev.artemis.shared.Problem;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The tokens of a request's body: counted by the caller, or the provider's own usage object. Never both. */
record TokenFields(
        @Nullable BigInteger input,
        @Nullable BigInteger cacheRead,
        @Nullable BigInteger cacheWrite5m,
        @Nullable BigInteger cacheWrite1h,
        @Nullable BigInteger output,
        @Nullable JsonNode usage) {

    private static final BigInteger MAX = BigInteger.valueOf(Usage.MAX_TOKENS);

    /**
     * Each token once, and what else a usage object counts.
     *
     * @param outputField what the field of output tokens is called here
     * @throws Problem 422 naming each field that is missing, out of range or one too many
     */
    CountedUsage counted(String outputField) {
        List<Problem.FieldFault> faults = new ArrayList<>();
        if (usage != null && !usage.isNull()) {
            if (input != null || cacheRead != null || cacheWrite5m != null || cacheWrite1h != null || output != null) {
                throw Problem.notAllowed("usage", "instead of the token fields, not beside them");
            }
            return UsageObjects.read(usage);
        }
        long[] counts = {
            count(faults, "tokens_input", input, true),
            count(faults, "tokens_cache_read", cacheRead, false),
            count(faults, "tokens_cache_write_5m", cacheWrite5m, false),
            count(faults, "tokens_cache_write_1h", cacheWrite1h, false),
            count(faults, outputField, output, true)
        };
        if (!faults.isEmpty()) {
            throw Problem.notAllowed(faults);
        }
        return CountedUsage.of(new Usage(counts[0], counts[1], counts[2], counts[3], counts[4]));
    }

    /**
     * In which tier it was served: as the caller says, else as the usage object says, else the standard one.
     *
     * @throws Problem 422 naming the member: the two contradict each other
     */
    static ServiceTier tier(@Nullable ServiceTier asked, @Nullable ServiceTier said) {
        if (asked != null && said != null && asked != said) {
            throw Problem.notAllowed("usage.service_tier", "the service_tier of the call, which is " + asked);
        }
        return asked != null ? asked : said != null ? said : ServiceTier.STANDARD;
    }

    private static long count(
            List<Problem.FieldFault> faults, String field, @Nullable BigInteger count, boolean required) {
        if (count == null) {
            if (required) {
                faults.add(new Problem.FieldFault(field, "is required"));
            }
            return 0;
        }
        if (count.signum() < 0 || count.compareTo(MAX) > 0) {
            faults.add(new Problem.FieldFault(field, "0 to " + MAX));
            return 0;
        }
        return count.longValueExact();
    }
}
