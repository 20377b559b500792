package dev.artemis.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Slows guessing down. Failures are counted by account and address together, by address alone, and by account over all
 * addresses; the last holds for strangers only, so that whoever guesses from many places does not lock the owner out, who
 * signed in from theirs before. Kept in memory: each instance counts for itself.
 */
@Component
class SignInAttempts {

    /** Failures within the window for one account from one address. */
    static final int PER_ACCOUNT = 5;

    /** Failures within the window from one address, over all accounts. */
    static final int PER_ADDRESS = 50;

    /** Failures within the window for one account, over all addresses from which it was never opened. */
    static final int PER_ACCOUNT_BY_STRANGERS = 50;

    static final Duration WINDOW = Duration.ofMinutes(5);

    private static final int MAX_REMEMBERED = 100_000;

    private final Clock clock;
    private final ConcurrentHashMap<String, Deque<Instant>> failures = new ConcurrentHashMap<>();

    private final Set<String> ownersPlaces = ConcurrentHashMap.newKeySet();

    SignInAttempts(Clock clock) {
        this.clock = clock;
    }

    /** Whether one more attempt may be made now. */
    boolean mayTry(String account, String address) {
        boolean stranger = !ownersPlaces.contains(pair(account, address));
        return recent(pair(account, address)) < PER_ACCOUNT
                && recent(address) < PER_ADDRESS
                && !(stranger && recent(account(account)) >= PER_ACCOUNT_BY_STRANGERS);
    }

    void failed(String account, String address) {
        if (failures.size() >= MAX_REMEMBERED) {
            failures.clear();
        }
        add(pair(account, address));
        add(address);
        if (!ownersPlaces.contains(pair(account, address))) {
            add(account(account));
        }
    }

    /** The owner is here: what was mistyped before is forgiven. */
    void succeeded(String account, String address) {
        failures.remove(pair(account, address));
        if (ownersPlaces.size() >= MAX_REMEMBERED) {
            ownersPlaces.clear();
        }
        ownersPlaces.add(pair(account, address));
    }

    private void add(String counted) {
        Instant now = clock.instant();
        failures.compute(counted, (same, before) -> {
            Deque<Instant> times = before == null ? new ArrayDeque<>() : before;
            times.addLast(now);
            prune(times, now);
            return times;
        });
    }

    private int recent(String counted) {
        Instant now = clock.instant();
        Deque<Instant> left = failures.computeIfPresent(counted, (same, times) -> {
            prune(times, now);
            return times.isEmpty() ? null : times;
        });
        return left == null ? 0 : left.size();
    }

    private static void prune(Deque<Instant> times, Instant now) {
        while (!times.isEmpty() && !times.peekFirst().isAfter(now.minus(WINDOW))) {
            times.removeFirst();
        }
    }

    private static String account(String account) {
        return "account " + account.toLowerCase(Locale.ROOT);
    }

    private static String pair(String account, String address) {
        return account.toLowerCase(Locale.ROOT) + " " + address;
    }
}
