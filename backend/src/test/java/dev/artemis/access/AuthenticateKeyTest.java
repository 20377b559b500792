package dev.artemis.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.shared.KeyId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuthenticateKeyTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final SettableClock clock = new SettableClock(NOON);
    private final Map<KeyId, KnownKey> database = new HashMap<>();
    private final List<KeyId> lookUps = new ArrayList<>();
    private final List<KeyId> uses = new ArrayList<>();
    private final List<KeyId> asked = new ArrayList<>();
    private Runnable whileAsking = () -> {};
    private final AuthenticateKey here = instance();
    private final KeyText key = KeyText.random(KeyId.random());

    @Test
    void asksTheDatabaseAtMostAboutOnceASecond() {
        keep(key, null, null);

        for (int request = 0; request < 1000; request++) {
            assertThat(here.holderOf(key.reveal())).isPresent();
            clock.advance(Duration.ofMillis(1));
        }

        assertThat(lookUps).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void hearsOfARevocationElsewhereWithinASecond() {
        keep(key, null, null);
        AuthenticateKey elsewhere = instance();
        assertThat(elsewhere.holderOf(key.reveal())).isPresent();

        database.remove(key.id());
        clock.advance(Duration.ofMillis(999));

        assertThat(elsewhere.holderOf(key.reveal())).isEmpty();
    }

    @Test
    void hearsOfARevocationHereAtOnce() {
        keep(key, null, null);
        assertThat(here.holderOf(key.reveal())).isPresent();

        database.remove(key.id());
        here.forget(key.id());

        assertThat(here.holderOf(key.reveal())).isEmpty();
    }

    @Test
    void refusesAKeyFromItsEndOn() {
        keep(key, NOON.plusMillis(100), null);
        assertThat(here.holderOf(key.reveal())).isPresent();

        clock.advance(Duration.ofMillis(100));

        assertThat(here.holderOf(key.reveal())).isEmpty();
    }

    @Test
    void takesTheOldSecretUntilItsGraceEnds() {
        KeyText rotated = KeyText.random(key.id());
        database.put(
                key.id(), new KnownKey(holder(), rotated.hash(), key.hash(), NOON.plusSeconds(60), null, false, null));

        assertThat(here.holderOf(key.reveal())).isPresent();
        assertThat(here.holderOf(rotated.reveal())).isPresent();
        clock.advance(Duration.ofSeconds(60));
        assertThat(here.holderOf(key.reveal())).isEmpty();
        assertThat(here.holderOf(rotated.reveal())).isPresent();
    }

    @Test
    void anotherSecretUnderTheSameIdIsRefused() {
        keep(key, null, null);

        assertThat(here.holderOf(KeyText.random(key.id()).reveal())).isEmpty();
    }

    @Test
    void aTypingErrorNeedsNoLookUpOfThatKey() {
        keep(key, null, null);
        String mistyped = key.reveal().substring(0, key.reveal().length() - 1) + "!";

        assertThat(here.holderOf(mistyped)).isEmpty();

        assertThat(lookUps).doesNotContain(key.id());
    }

    @Test
    void aKeyWhoseChecksumDoesNotFitNeedsNoLookUpAtAll() {
        keep(key, null, null);
        char last = key.reveal().charAt(key.reveal().length() - 1);
        String mistyped = key.reveal().substring(0, key.reveal().length() - 1) + (last == 'x' ? 'y' : 'x');

        assertThat(here.isMistyped(mistyped)).isTrue();
        assertThat(here.isMistyped(key.reveal())).isFalse();
        assertThat(here.isFamiliar(mistyped)).as("takes no look-up").isTrue();
        assertThat(here.holderOf(mistyped)).isEmpty();

        assertThat(lookUps).as("nor of the admin key that was given").isEmpty();
    }

    @Test
    void noRequestWaitsForAKeyThatIsInUse() {
        keep(key, null, null);
        here.holderOf(key.reveal());

        for (int tick = 0; tick < 100; tick++) {
            clock.advance(Duration.ofMillis(600));
            assertThat(here.holderOf(key.reveal())).isPresent();
            here.lookAgain();
        }

        assertThat(lookUps).hasSize(1);
        assertThat(asked).hasSize(100);
    }

    @Test
    void whatIsNotUsedIsNotAskedAbout() {
        keep(key, null, null);
        here.holderOf(key.reveal());
        here.holderOf(KeyText.random(KeyId.random()).reveal());

        here.lookAgain();
        here.lookAgain();

        assertThat(asked).isEmpty();
    }

    @Test
    void hearsOfARevocationElsewhereWhenItLooksAgain() {
        keep(key, null, null);
        here.holderOf(key.reveal());
        here.holderOf(key.reveal());

        database.remove(key.id());
        here.lookAgain();

        assertThat(here.holderOf(key.reveal())).isEmpty();
    }

    /** It was read before the revocation's commit, and comes after it. */
    @Test
    void anOlderAnswerDoesNotBringARevokedKeyBack() {
        keep(key, null, null);
        here.holderOf(key.reveal());
        here.holderOf(key.reveal());
        whileAsking = () -> {
            database.remove(key.id());
            here.forget(key.id());
        };

        here.lookAgain();

        assertThat(here.holderOf(key.reveal())).isEmpty();
    }

    @Test
    void isFamiliarWithWhatWasGoodAndWithWhatNeedsNoLookUp() {
        keep(key, null, null);
        assertThat(here.isFamiliar(key.reveal())).as("never seen").isFalse();
        here.holderOf(key.reveal());

        clock.advance(Duration.ofMinutes(1));

        assertThat(here.isFamiliar(key.reveal())).as("was good a minute ago").isTrue();
        assertThat(here.isFamiliar(KeyText.random(key.id()).reveal()))
                .as("another secret under its id")
                .isFalse();
        assertThat(here.isFamiliar("art_mistyped")).as("is no key").isTrue();
        assertThat(here.isFamiliar("x".repeat(AdminKeys.MIN_GIVEN_LENGTH)))
                .as("could be the one that was given")
                .isFalse();
        assertThat(lookUps).containsExactly(key.id());
    }

    @Test
    void notesItsUseOnceAMinute() {
        keep(key, null, NOON.minusSeconds(10));

        for (int second = 0; second < 120; second++) {
            here.holderOf(key.reveal());
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(uses).containsExactly(key.id(), key.id());
    }

    private AuthenticateKey instance() {
        return new AuthenticateKey(
                new AuthenticateKey.Source(
                        id -> {
                            lookUps.add(id);
                            return Optional.ofNullable(database.get(id));
                        },
                        ids -> {
                            asked.addAll(ids);
                            Map<KeyId, KnownKey> found = new HashMap<>(database);
                            whileAsking.run();
                            found.keySet().retainAll(ids);
                            return found;
                        },
                        uses::add),
                clock);
    }

    private void keep(KeyText text, @Nullable Instant expiresAt, @Nullable Instant lastUsedAt) {
        database.put(text.id(), new KnownKey(holder(), text.hash(), null, null, expiresAt, false, lastUsedAt));
    }

    private KeyHolder holder() {
        return new KeyHolder.Administrator(key.id(), "admin key");
    }
}
