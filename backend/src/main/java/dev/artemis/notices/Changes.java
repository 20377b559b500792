package dev.artemis.notices;

import dev.artemis.shared.TenantId;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;

/** Who watches which team, and how often each team changed. */
@Service
public class Changes {

    /** What the platform's notices are sent under: no team has this id. */
    private static final TenantId PLATFORM = new TenantId(new UUID(0, 0));

    private final Map<TenantId, Set<Watch>> watches = new ConcurrentHashMap<>();
    private final Set<Consumer<Topic>> everywhere = ConcurrentHashMap.newKeySet();
    private final Map<TenantId, AtomicLong> versions = new ConcurrentHashMap<>();
    private final Set<TenantId> spending = ConcurrentHashMap.newKeySet();

    private record Watch(Set<Topic> topics, Consumer<Topic> told) {}

    /**
     * Calls when one of these changed, on the thread that brings all notices: only to wake somebody. Notices may be lost
     * while the database's connection is: look now and then anyway.
     */
    public Watching watch(TenantId tenant, Set<Topic> topics, Consumer<Topic> told) {
        var watch = new Watch(Set.copyOf(topics), told);
        watches.compute(tenant, (id, all) -> {
            Set<Watch> those = all == null ? ConcurrentHashMap.newKeySet() : all;
            those.add(watch);
            return those;
        });
        return () -> watches.computeIfPresent(tenant, (id, all) -> {
            all.remove(watch);
            return all.isEmpty() ? null : all;
        });
    }

    /** The same for whatever a person changed, in any team or on the platform itself. */
    public Watching watchPlatform(Consumer<Topic> told) {
        return watch(PLATFORM, Set.of(Topic.SETTINGS), told);
    }

    /** The same for money that moved in any team. */
    public Watching watchAllMoney(Consumer<Topic> told) {
        everywhere.add(told);
        return () -> everywhere.remove(told);
    }

    /** A number that grows with each change of the team that this instance has heard of. */
    public long version(TenantId tenant) {
        return counter(tenant).get();
    }

    /** Tells that a team's money moved; for when that was committed. */
    public void moneyMoved(TenantId tenant) {
        counter(tenant).incrementAndGet();
        spending.add(tenant);
    }

    /** Those whose money moved since the last call. */
    Set<TenantId> takeSpending() {
        Set<TenantId> taken = Set.copyOf(spending);
        spending.removeAll(taken);
        return taken;
    }

    void deliver(TenantId tenant, Topic topic) {
        counter(tenant).incrementAndGet();
        watches.getOrDefault(tenant, Set.of()).stream()
                .filter(watch -> watch.topics().contains(topic))
                .forEach(watch -> watch.told().accept(topic));
        if (topic == Topic.MONEY) {
            everywhere.forEach(told -> told.accept(topic));
        }
    }

    /** After notices may have been lost: everybody looks. */
    void deliverEverything() {
        versions.values().forEach(AtomicLong::incrementAndGet);
        watches.values()
                .forEach(all -> all.forEach(
                        watch -> watch.told().accept(watch.topics().iterator().next())));
        everywhere.forEach(told -> told.accept(Topic.MONEY));
    }

    private AtomicLong counter(TenantId tenant) {
        return versions.computeIfAbsent(tenant, id -> new AtomicLong());
    }
}
