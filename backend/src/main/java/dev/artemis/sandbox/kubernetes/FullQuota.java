package dev.artemis.sandbox.kubernetes;

import io.kubernetes.client.custom.Quantity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a cluster says of a quota that has no room: {@code exceeded quota: NAME, requested: a=1, used: a=4, limited: a=4}.
 *
 * @param name the quota's
 * @param requested of each resource that has no room, what one more would take
 * @param limited the most of it
 */
record FullQuota(String name, Map<String, Quantity> requested, Map<String, Quantity> limited) {

    private static final Pattern SAID =
            Pattern.compile("exceeded quota: (\\S+), requested: (\\S+), used: \\S+, limited: ([^\\s\"]+)");

    /** Empty unless that is said. */
    static Optional<FullQuota> in(String why) {
        Matcher said = SAID.matcher(why);
        return said.find()
                ? Optional.of(new FullQuota(said.group(1), amounts(said.group(2)), amounts(said.group(3))))
                : Optional.empty();
    }

    /** Something of which more is asked for than there is in all. */
    record Shortage(String resource, Quantity requested, Quantity limited) {}

    /** By resource. None: there is room once others have ended. */
    List<Shortage> shortages() {
        return new TreeMap<>(requested)
                .entrySet().stream()
                        .flatMap(one -> Optional.ofNullable(limited.get(one.getKey()))
                                .filter(most -> one.getValue().getNumber().compareTo(most.getNumber()) > 0)
                                .map(most -> new Shortage(one.getKey(), one.getValue(), most))
                                .stream())
                        .toList();
    }

    private static Map<String, Quantity> amounts(String list) {
        Map<String, Quantity> amounts = new HashMap<>();
        for (String amount : list.split(",", -1)) {
            int equals = amount.indexOf('=');
            if (equals > 0) {
                amounts.put(amount.substring(0, equals), new Quantity(amount.substring(equals + 1)));
            }
        }
        return amounts;
    }
}
