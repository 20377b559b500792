package dev.artemis.access.web;

import dev.artemis.access.KeyDemand;
import dev.artemis.access.VisitorNetwork;
import dev.artemis.shared.KeyId;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How many requests a key, or an address without one, may make in a second; a second's worth may come at once. An address is
 * counted by each instance for itself. A key that is busy shares its limit with the other instances, once a second and not
 * once a request: see ADR-0026.
 */
@Component
class Allowances {

    /** With less than a tenth of its limit here, a key is not worth a word to the others. */
    private static final int BUSY = 10;

    private static final int MAX_REMEMBERED = 100_000;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ApiSettings settings;
    private final KeyDemand demand;
    private final UUID instance = UUID.randomUUID();
    private final Map<KeyId, OfKey> keys = new ConcurrentHashMap<>();
    private final Map<String, Bucket> addresses = new ConcurrentHashMap<>();
    private boolean toldOthers;

    Allowances(ApiSettings settings, KeyDemand demand) {
        this.settings = settings;
        this.demand = demand;
    }

    private static final class OfKey {

        private final LongAdder asked = new LongAdder();
        private final Bucket bucket;
        private long perSecond;

        OfKey(long perSecond) {
            this.perSecond = perSecond;
            this.bucket = allowing(perSecond);
        }

        /** Of the one thread that shares. */
        void allow(long wanted) {
            if (wanted != perSecond) {
                perSecond = wanted;
                bucket.replaceConfiguration(configuration(wanted), TokensInheritanceStrategy.PROPORTIONALLY);
            }
        }
    }

    /** Counts a request with a good key. */
    ConsumptionProbe take(KeyId key) {
        if (keys.size() >= MAX_REMEMBERED) {
            keys.clear();
        }
        OfKey one = keys.computeIfAbsent(key, each -> new OfKey(settings.requestsPerSecondByKey()));
        one.asked.increment();
        return one.bucket.tryConsumeAndReturnRemaining(1);
    }

    /** Counts a request of an address. */
    ConsumptionProbe take(String address) {
        return ofAddress(address).tryConsumeAndReturnRemaining(1);
    }

    /** It was no stranger after all. */
    void giveBack(String address) {
        ofAddress(address).addTokens(1);
    }

    private Bucket ofAddress(String address) {
        if (addresses.size() >= MAX_REMEMBERED) {
            addresses.clear();
        }
        return addresses.computeIfAbsent(
                VisitorNetwork.of(address), each -> allowing(settings.requestsPerSecondByAddress()));
    }

    /** Nothing is said, and nothing asked, while no key is busy here. */
    @Scheduled(fixedRate = 1_000)
    void shareWithOthers() {
        Map<KeyId, Long> busy = new HashMap<>();
        keys.forEach((key, one) -> {
            long asked = one.asked.sumThenReset();
            if (asked * BUSY > settings.requestsPerSecondByKey()) {
                busy.put(key, asked);
            } else {
                one.allow(settings.requestsPerSecondByKey());
            }
        });
        if (!busy.isEmpty() || toldOthers) {
            demand.share(instance, busy).forEach((key, elsewhere) -> {
                OfKey one = keys.get(key);
                if (one != null) {
                    one.allow(share(busy.getOrDefault(key, 0L), elsewhere));
                }
            });
            toldOthers = !busy.isEmpty();
        }
    }

    /** While all together ask for less than the limit, whatever the others leave; then as much of it as is asked for here. */
    private long share(long here, long elsewhere) {
        long limit = settings.requestsPerSecondByKey();
        return Math.max(1, here + elsewhere <= limit ? limit - elsewhere : limit * here / (here + elsewhere));
    }

    private static BucketConfiguration configuration(long perSecond) {
        return BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(perSecond).refillGreedy(perSecond, SECOND))
                .build();
    }

    private static Bucket allowing(long perSecond) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perSecond).refillGreedy(perSecond, SECOND))
                .build();
    }
}
