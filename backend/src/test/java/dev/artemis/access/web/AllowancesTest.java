package dev.artemis.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.access.KeyDemand;
import dev.artemis.shared.KeyId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.util.unit.DataSize;

/** Instances over one database, each with a program that asks for all it can get with the same key. */
@Tag("slow")
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class AllowancesTest {

    private static final int LIMIT = 1_000;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final KeyDemand demand;
    private final KeyId key = KeyId.random();

    AllowancesTest(KeyDemand demand) {
        this.demand = demand;
    }

    /** After the first two seconds: whoever tells first hears of the others a second later. */
    @Test
    void aKeysLimitHoldsOverAllInstances() {
        List<Allowances> three = List.of(instance(), instance(), instance());
        for (int second = 0; second < 2; second++) {
            asManyAsPossible(three);
            three.forEach(Allowances::shareWithOthers);
        }

        int allowed = asManyAsPossible(three);

        assertThat(allowed).isBetween(LIMIT / 2, LIMIT + LIMIT / 5);
    }

    @Test
    void whoIsAloneGetsAllOfIt() {
        Allowances one = instance();
        asManyAsPossible(List.of(one));
        one.shareWithOthers();

        assertThat(asManyAsPossible(List.of(one))).isGreaterThan(LIMIT * 3 / 4);
    }

    @Test
    void anInstanceThatBecameQuietLeavesItsShare() {
        Allowances busy = instance();
        Allowances quiet = instance();
        asManyAsPossible(List.of(busy, quiet));
        List.of(busy, quiet).forEach(Allowances::shareWithOthers);
        quiet.shareWithOthers();
        asManyAsPossible(List.of(busy));
        busy.shareWithOthers();

        assertThat(asManyAsPossible(List.of(busy))).isGreaterThan(LIMIT * 3 / 4);
    }

    /** Asks each for a second, far more often than is allowed. Per second, also where the machine did something else at the end. */
    private int asManyAsPossible(List<Allowances> instances) {
        long allowed = 0;
        long start = System.nanoTime();
        while (System.nanoTime() - start < SECOND) {
            for (Allowances each : instances) {
                allowed += each.take(key).isConsumed() ? 1 : 0;
            }
        }
        for (Allowances each : instances) {
            while (each.take(key).isConsumed()) {
                allowed++;
            }
        }
        return Math.toIntExact(allowed * SECOND / (System.nanoTime() - start));
    }

    private Allowances instance() {
        return new Allowances(new ApiSettings(DataSize.ofMegabytes(1), LIMIT, 100), demand);
    }
}
