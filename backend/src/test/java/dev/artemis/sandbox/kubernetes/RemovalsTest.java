package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.RunRef;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RemovalsTest {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final int MANY = 100;

    private final BlockingQueue<RunRef> removed = new LinkedBlockingQueue<>();
    private volatile boolean starting = true;

    @Test
    void waitWhileARunStarts() throws InterruptedException {
        try (Removals removals = open(MANY, NEVER)) {
            RunRef one = added(removals);
            RunRef other = added(removals);

            assertThat(removed.poll(300, TimeUnit.MILLISECONDS)).isNull();
            assertThat(removals.waiting()).containsExactlyInAnyOrder(one, other);
            starting = false;

            assertThat(List.of(next(), next())).containsExactlyInAnyOrder(one, other);
            assertThat(removals.waiting()).isEmpty();
        }
    }

    @Test
    void doNotWaitForLong() throws InterruptedException {
        try (Removals removals = open(MANY, Duration.ofMillis(50))) {
            RunRef one = added(removals);

            assertThat(next()).isEqualTo(one);
        }
    }

    @Test
    void areNoMoreThanMayWait() throws InterruptedException {
        try (Removals removals = open(1, NEVER)) {
            RunRef one = added(removals);
            RunRef other = added(removals);

            assertThat(next()).isEqualTo(one);
            assertThat(removals.waiting()).containsExactly(other);
        }
    }

    @Test
    void areMadeWhereThereIsNoRoom() throws InterruptedException {
        try (Removals removals = open(MANY, NEVER)) {
            RunRef one = added(removals);
            RunRef other = added(removals);

            removals.hurry(one::equals);

            assertThat(next()).isEqualTo(one);
            assertThat(removals.waiting()).containsExactly(other);
        }
    }

    @Test
    void areMadeAtTheEnd() throws InterruptedException {
        Removals removals = open(MANY, NEVER);
        RunRef one = added(removals);

        removals.close();

        assertThat(next()).isEqualTo(one);
        RunRef late = added(removals);
        assertThat(next()).isEqualTo(late);
    }

    private Removals open(int most, Duration longest) {
        var removals =
                new Removals(() -> starting, run -> Thread.ofVirtual().start(() -> removed.add(run)), most, longest);
        removals.open();
        return removals;
    }

    private static RunRef added(Removals removals) {
        RunRef run = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1);
        removals.add(run);
        return run;
    }

    private RunRef next() throws InterruptedException {
        RunRef run = removed.poll(10, TimeUnit.SECONDS);
        assertThat(run).isNotNull();
        return run;
    }
}
