package dev.artemis.budgets;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Watches windows beside their limits from look to look. Only what tells the truth about money that is gone (a settle after
 * its hold expired) may lift a window above its limit, and only by what it cost; nothing that asks first may.
 */
final class LimitsWatch {

    private final Map<String, Seen> before = new HashMap<>();

    /**
     * One window at one look.
     *
     * @param window level, id, period and its start
     * @param used spent and reserved
     * @param told what was spent in it without asking first, since it began
     */
    record Seen(String window, BigDecimal limit, BigDecimal used, BigDecimal told) {

        private BigDecimal above() {
            return used.subtract(limit).max(BigDecimal.ZERO);
        }
    }

    /** The windows that were lifted above their limit since the last look by more than what was told. */
    List<String> crossed(List<Seen> windows) {
        List<String> crossed = new ArrayList<>();
        for (Seen now : windows) {
            Seen then = before.getOrDefault(
                    now.window(), new Seen(now.window(), now.limit(), BigDecimal.ZERO, BigDecimal.ZERO));
            BigDecimal allowed = then.above().add(now.told()).subtract(then.told());
            if (now.above().compareTo(allowed) > 0) {
                crossed.add(now + " after " + then);
            }
            before.put(now.window(), now);
        }
        return crossed;
    }
}
