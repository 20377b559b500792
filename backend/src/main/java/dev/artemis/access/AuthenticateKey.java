package dev.artemis.access;

import dev.artemis.shared.KeyId;
import dev.artemis.shared.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Tells whom a key stands for. What the database said about a key is believed for less than a second, so that a revocation on
 * another instance is heard within a second; one on this instance is heard at once. Keys that are in use are looked up again all
 * together before that time is over, while no request waits: a request waits for the database only with a key that was not used
 * a second before. See ADR-0007.
 */
@Service
public class AuthenticateKey {

    /** Below a second, so that the look-up itself fits into it. */
    private static final Duration BELIEVED = Duration.ofMillis(900);

    private static final Duration LAST_USED_STEP = Duration.ofMinutes(1);
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(5);
    private static final int MAX_REMEMBERED = 100_000;

    private static final Logger log = LoggerFactory.getLogger(AuthenticateKey.class);

    private final Source source;
    private final Clock clock;
    private final ConcurrentHashMap<KeyId, Remembered> remembered = new ConcurrentHashMap<>();

    @Autowired
    AuthenticateKey(KnownKeys keys, Clock clock) {
        this(new Source(keys::find, keys::findAll, keys::used), clock);
    }

    AuthenticateKey(Source source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** Who knows: about one key, about many in one question; and who is told that one was used. */
    record Source(
            Function<KeyId, Optional<KnownKey>> one,
            Function<Collection<KeyId>, Map<KeyId, KnownKey>> many,
            Consumer<KeyId> used) {}

    /** Looks again at what was used since the last time. What was changed and forgotten meanwhile stays forgotten. */
    @Scheduled(fixedRate = 700)
    void lookAgain() {
        Instant now = clock.instant();
        Map<KeyId, Remembered> inUse = new HashMap<>();
        remembered.forEach((id, seen) -> {
            if (seen.wasAsked() && seen.key().isPresent()) {
                inUse.put(id, seen);
            } else if (seen.isForgottenAt(now)) {
                remembered.remove(id, seen);
            }
        });
        if (inUse.isEmpty()) {
            return;
        }
        try {
            Map<KeyId, KnownKey> found = source.many().apply(inUse.keySet());
            inUse.forEach((id, seen) -> remembered.replace(
                    id, seen, new Remembered(Optional.ofNullable(found.get(id)), now, seen.notedUse)));
        } catch (DataAccessException e) {
            log.debug("Keys in use could not be looked up together; requests ask themselves", e);
        }
    }

    /** Whether that text is a key of ours with a slip in it. Told without asking anybody. */
    public boolean isMistyped(String text) {
        return KeyText.isMistyped(text);
    }

    /**
     * Whether that text is no stranger's guess: to tell whom it stands for takes no look-up, or it was good a while ago. Whoever
     * guesses is slowed down before the database is asked.
     */
    public boolean isFamiliar(String text) {
        Optional<KeyText> ours = KeyText.parse(text);
        if (ours.isEmpty()
                && (isMistyped(text)
                        || text.length() < AdminKeys.MIN_GIVEN_LENGTH
                        || text.length() > AdminKeys.MAX_GIVEN_LENGTH)) {
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
        if (text.length() > AdminKeys.MAX_GIVEN_LENGTH || isMistyped(text)) {
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
            source.used().accept(id);
        }
        return Optional.of(key.holder());
    }

    /** Whoever finds it stale first looks it up, and the others of that key wait for the answer. */
    private Remembered seen(KeyId id, Instant now) {
        Remembered fresh = remembered.get(id);
        if (fresh != null && fresh.believedAt(now)) {
            fresh.asked();
            return fresh;
        }
        if (remembered.size() >= MAX_REMEMBERED) {
            remembered.clear();
        }
        return remembered.compute(
                id,
                (same, before) -> before != null && before.believedAt(now)
                        ? before
                        : new Remembered(source.one().apply(id), now, before == null ? null : before.notedUse));
    }

    /** A look-up's answer. */
    private static final class Remembered {

        private final Optional<KnownKey> key;
        private final Instant at;
        private volatile @Nullable Instant notedUse;
        private volatile boolean asked;

        Remembered(Optional<KnownKey> key, Instant at, @Nullable Instant notedUse) {
            this.key = key;
            this.at = at;
            this.notedUse =
                    notedUse != null ? notedUse : key.map(KnownKey::lastUsedAt).orElse(null);
        }

        Optional<KnownKey> key() {
            return key;
        }

        /** Written once, since many threads come here. */
        void asked() {
            if (!asked) {
                asked = true;
            }
        }

        boolean wasAsked() {
            return asked;
        }

        boolean isForgottenAt(Instant now) {
            return at.plus(FORGOTTEN_AFTER).isBefore(now);
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
