package dev.artemis.access;

import dev.artemis.shared.KeyId;
import dev.artemis.shared.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * Tells whom a key stands for. What the database said about a key is believed for less than a second: so each key
 * costs at most about one look-up a second, and a revocation on another instance is heard within a second. A
 * revocation on this instance is heard at once.
 */
@Service
public class AuthenticateKey {

    /** Below a second, so that the look-up itself fits into it. */
    private static final Duration BELIEVED = Duration.ofMillis(800);

    private static final Duration LAST_USED_STEP = Duration.ofMinutes(1);
    private static final int MAX_REMEMBERED = 100_000;

    private final Function<KeyId, Optional<KnownKey>> lookUp;
    private final Consumer<KeyId> used;
    private final Clock clock;
    private final ConcurrentHashMap<KeyId, Remembered> remembered = new ConcurrentHashMap<>();

    @Autowired
    AuthenticateKey(KnownKeys keys, Clock clock) {
        this(keys::find, keys::used, clock);
    }

    AuthenticateKey(Function<KeyId, Optional<KnownKey>> lookUp, Consumer<KeyId> used, Clock clock) {
        this.lookUp = lookUp;
        this.used = used;
        this.clock = clock;
    }

    /**
     * Whether that text is no stranger's guess: to tell whom it stands for takes no look-up, or it was good a while ago. Whoever
     * guesses is slowed down before the database is asked.
     */
    public boolean isFamiliar(String text) {
        Optional<KeyText> ours = KeyText.parse(text);
        if (ours.isEmpty()
                && (text.length() < AdminKeys.MIN_GIVEN_LENGTH || text.length() > AdminKeys.MAX_GIVEN_LENGTH)) {
            return true;
        }
        Instant now = clock.instant();
        Remembered seen = remembered.get(ours.map(KeyText::id).orElse(AdminKeys.GIVEN));
        return seen != null
                && (seen.believedAt(now)
                        || seen.key()
                                .filter(key -> key.accepts(KeyText.hash(text), now))
                                .isPresent());
    }

    /** Whom that text stands for; empty where it is no good key: mistyped, unknown, expired or revoked. */
    public Optional<KeyHolder> holderOf(String text) {
        if (text.length() > AdminKeys.MAX_GIVEN_LENGTH) {
            return Optional.empty();
        }
        Optional<KeyText> ours = KeyText.parse(text);
        Optional<KeyHolder> holder = ours.flatMap(key -> accepted(key.id(), key.hash()));
        return holder.isPresent() || text.length() < AdminKeys.MIN_GIVEN_LENGTH
                ? holder
                : accepted(AdminKeys.GIVEN, KeyText.hash(text));
    }

    /** What is remembered of a key is looked up again. Call it after the commit of what changed it. */
    void forget(KeyId id) {
        remembered.remove(id);
    }

    /** The same for all keys of a team. */
    void forget(TenantId tenant) {
        remembered
                .values()
                .removeIf(seen -> seen.key()
                        .map(key -> key.holder() instanceof KeyHolder.Program program
                                && program.tenant().equals(tenant))
                        .orElse(false));
    }

    /** The same for all there are: a person's memberships changed. */
    void forgetAll() {
        remembered.clear();
    }

    private Optional<KeyHolder> accepted(KeyId id, byte[] presented) {
        Instant now = clock.instant();
        Remembered seen = seen(id, now);
        if (seen.key().isEmpty() || !seen.key().get().accepts(presented, now)) {
            return Optional.empty();
        }
        KnownKey key = seen.key().get();
        if (seen.noteUse(now)) {
            used.accept(id);
        }
        return Optional.of(key.holder());
    }

    /** Whoever finds it stale first looks it up, and the others of that key wait for the answer. */
    private Remembered seen(KeyId id, Instant now) {
        Remembered fresh = remembered.get(id);
        if (fresh != null && fresh.believedAt(now)) {
            return fresh;
        }
        if (remembered.size() >= MAX_REMEMBERED) {
            remembered.clear();
        }
        return remembered.compute(
                id,
                (same, before) -> before != null && before.believedAt(now)
                        ? before
                        : new Remembered(lookUp.apply(id), now, before == null ? null : before.notedUse));
    }

    /** A look-up's answer. */
    private static final class Remembered {

        private final Optional<KnownKey> key;
        private final Instant at;
        private volatile @Nullable Instant notedUse;

        Remembered(Optional<KnownKey> key, Instant at, @Nullable Instant notedUse) {
            this.key = key;
            this.at = at;
            this.notedUse =
                    notedUse != null ? notedUse : key.map(KnownKey::lastUsedAt).orElse(null);
        }

        Optional<KnownKey> key() {
            return key;
        }

        boolean believedAt(Instant now) {
            return now.isBefore(at.plus(BELIEVED)) && !now.isBefore(at.minus(BELIEVED));
        }

        /** Whether the last noted use is older than a minute; if so, now is noted. */
        boolean noteUse(Instant now) {
            Instant noted = notedUse;
            if (noted != null && now.isBefore(noted.plus(LAST_USED_STEP))) {
                return false;
            }
            notedUse = now;
            return true;
        }
    }
}
