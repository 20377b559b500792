package dev.artemis.sandbox.kubernetes;

import io.kubernetes.client.custom.Quantity;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a cluster says of a quota that has no room: {@code exceeded quota: NAME, requested: a=1, used: a=4, limited: a=4}.
 *
 * @param requested of each resource that has no room, what one more would take
 * @param limited the most of it
 */
record FullQuota(Map<String, Quantity> requested, Map<String, Quantity> limited) {

    private static final Pattern SAID =
            Pattern.compile("exceeded quota: .*?requested: (.+?), used: .+?, limited: ([^\\s\"]+)");

    /** Empty unless that is what the cluster refused for. */
    static Optional<FullQuota> of(ClusterFault fault) {
        if (fault.kind() != ClusterFault.Kind.QUOTA) {
            return Optional.empty();
        }
        Matcher said = SAID.matcher(fault.getMessage());
        return said.find()
                ? Optional.of(new FullQuota(amounts(said.group(1)), amounts(said.group(2))))
                : Optional.empty();
    }

    /** Whether there is room once others have ended; else what is asked for never fits. */
    boolean empties() {
        return requested.entrySet().stream().allMatch(one -> {
            Quantity most = limited.get(one.getKey());
            return most != null && one.getValue().getNumber().compareTo(most.getNumber()) <= 0;
        });
    }

    private static Map<String, Quantity> amounts(String list) {
        Map<String, Quantity> amounts = new HashMap<>();
        for (String amount : list.split(",")) {
            int equals = amount.indexOf('=');
            if (equals > 0) {
                amounts.put(amount.substring(0, equals), Quantity.fromString(amount.substring(equals + 1)));
            }
        }
        return amounts;
    }
}
