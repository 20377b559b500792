package dev.artemis.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Scope;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.TenantChange;
import dev.artemis.tenants.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;

/** A key's life, changed on one instance and used on another: two memories over one database. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class KeysOnTwoInstancesTest {

    private static final Caller PLATFORM = new Caller.Platform("test");
    private static final Duration WITHIN = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final AtomicInteger count = new AtomicInteger();

    private final ApiKeys keys;
    private final AuthenticateKey here;
    private final AuthenticateKey elsewhere;
    private final AtomicInteger lookUps = new AtomicInteger();
    private final Tenants tenants;
    private final Tenant team;
    private final Project project;

    KeysOnTwoInstancesTest(
            ApiKeys keys, AuthenticateKey here, KnownKeys known, Clock clock, Tenants tenants, Projects projects) {
        this.keys = keys;
        this.here = here;
        this.elsewhere = new AuthenticateKey(
                new AuthenticateKey.Source(
                        id -> {
                            lookUps.incrementAndGet();
                            return known.find(id);
                        },
                        known::findAll,
                        known::used),
                clock);
        this.tenants = tenants;
        this.team = tenants.create(new Slug("two-" + count.incrementAndGet()), "Two", ZoneId.of("UTC"));
        this.project = projects.create(team.id(), new Slug("web"), "Web");
    }

    @Test
    void aRevokedKeyIsRefusedHereAtOnceAndElsewhereWithinASecond() {
        assertThat(bestOfThree(() -> {
                    IssuedKey<ApiKey> issued = issued();
                    assertThat(here.holderOf(issued.secret())).isPresent();
                    assertThat(elsewhere.holderOf(issued.secret())).isPresent();

                    keys.revoke(PLATFORM, team.id(), project.id(), issued.key().id());

                    assertThat(here.holderOf(issued.secret())).isEmpty();
                    return elapsedUntil(
                            () -> elsewhere.holderOf(issued.secret()).isEmpty());
                }))
                .isLessThan(WITHIN);
    }

    @Test
    void aRotatedKeyIsKnownElsewhereAndTheOldOneEndsWithItsGrace() {
        assertThat(bestOfThree(() -> {
                    IssuedKey<ApiKey> first = issued();
                    assertThat(elsewhere.holderOf(first.secret())).isPresent();

                    IssuedKey<ApiKey> second = keys.rotate(
                            PLATFORM, team.id(), project.id(), first.key().id(), GRACE);

                    assertThat(second.key().id()).isEqualTo(first.key().id());
                    Duration known = elapsedUntil(
                            () -> elsewhere.holderOf(second.secret()).isPresent());
                    assertThat(elsewhere.holderOf(first.secret()))
                            .as("within its grace")
                            .isPresent();
                    assertThat(elapsedUntil(
                                    () -> elsewhere.holderOf(first.secret()).isEmpty()))
                            .isLessThan(GRACE.multipliedBy(2));
                    assertThat(elsewhere.holderOf(second.secret())).isPresent();
                    return known;
                }))
                .isLessThan(WITHIN);
    }

    @Test
    void aSuspendedTeamIsKnownElsewhereWithinASecond() {
        assertThat(bestOfThree(() -> {
                    tenants.change(PLATFORM, team.id(), new TenantChange(null, null, false, null));
                    IssuedKey<ApiKey> issued = issued();
                    assertThat(suspended(issued)).contains(false);

                    tenants.change(PLATFORM, team.id(), new TenantChange(null, null, true, null));

                    return elapsedUntil(() -> suspended(issued).equals(Optional.of(true)));
                }))
                .isLessThan(WITHIN);
    }

    @Test
    void keysInUseAreLookedUpTogether() {
        IssuedKey<ApiKey> one = issued();
        IssuedKey<ApiKey> two = issued();
        List.of(one, two, one, two)
                .forEach(each -> assertThat(elsewhere.holderOf(each.secret())).isPresent());
        keys.revoke(PLATFORM, team.id(), project.id(), one.key().id());

        elsewhere.lookAgain();

        assertThat(elsewhere.holderOf(one.secret())).isEmpty();
        assertThat(elsewhere.holderOf(two.secret()))
                .isEqualTo(here.holderOf(two.secret()))
                .isPresent();
    }

    @Test
    void aKeyInUseAsksTheDatabaseAboutOnceASecond() {
        IssuedKey<ApiKey> issued = issued();
        int before = lookUps.get();
        AtomicInteger used = new AtomicInteger();

        Duration took = elapsedUntil(() -> {
            assertThat(elsewhere.holderOf(issued.secret())).isPresent();
            return used.incrementAndGet() >= 200_000;
        });

        assertThat(lookUps.get() - before).isLessThanOrEqualTo((int) (took.toMillis() / 900) + 1);
    }

    @Test
    void aMistypedKeyAsksTheDatabaseNothing() {
        String secret = issued().secret();
        int before = lookUps.get();
        char last = secret.charAt(secret.length() - 1);

        assertThat(elsewhere.holderOf(secret.substring(0, secret.length() - 1) + (last == 'x' ? 'y' : 'x')))
                .isEmpty();
        assertThat(elsewhere.holderOf("art_" + "0".repeat(71))).isEmpty();

        assertThat(lookUps.get() - before)
                .as("only whether it is the given admin key")
                .isLessThanOrEqualTo(1);
    }

    private Optional<Boolean> suspended(IssuedKey<ApiKey> issued) {
        return elsewhere
                .holderOf(issued.secret())
                .map(holder -> holder instanceof KeyHolder.Program program && program.suspended());
    }

    private IssuedKey<ApiKey> issued() {
        return keys.create(PLATFORM, team.id(), project.id(), new NewApiKey("ci", EnumSet.allOf(Scope.class)));
    }

    /** With new keys each time: how long a busy machine keeps us waiting is not ours. */
    private static Duration bestOfThree(Supplier<Duration> measured) {
        Duration best = measured.get();
        for (int i = 1; i < 3 && best.compareTo(WITHIN) >= 0; i++) {
            Duration took = measured.get();
            best = took.compareTo(best) < 0 ? took : best;
        }
        return best;
    }

    /** Asks again and again; gives up after half a minute. */
    private static Duration elapsedUntil(BooleanSupplier done) {
        long start = System.nanoTime();
        while (!done.getAsBoolean()) {
            Duration so = Duration.ofNanos(System.nanoTime() - start);
            assertThat(so).isLessThan(Duration.ofSeconds(30));
            Thread.onSpinWait();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
