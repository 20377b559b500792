package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.persistence.TenantTransactions;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestPropertySource;

/** A worker that stops is heard of until nothing of it does anything any more. */
@WorkerOnDatabase
@TestPropertySource(properties = {"artemis.runs.lease=1s", "artemis.instance=last-beat"})
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class LastBeatTest {

    private final Worker worker;
    private final SandboxInMemory sandbox;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;

    LastBeatTest(Worker worker, SandboxInMemory sandbox, TenantTransactions transactions, JdbcClient jdbc) {
        this.worker = worker;
        this.sandbox = sandbox;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    @Test
    void beatsWhileItsSandboxClosesAndLeavesOnlyThen() throws InterruptedException {
        CountDownLatch mayClose = new CountDownLatch(1);
        sandbox.closesAfter(mayClose);
        Thread stopping = Thread.ofVirtual().start(worker::stop);
        RunsFixture.awaitUntil(sandbox::isClosing);

        OffsetDateTime then = lease().orElseThrow();
        // longer than a lease: others would have taken its runs from a sandbox that still had them
        RunsFixture.awaitUntil(() -> lease().orElseThrow().isAfter(then.plusSeconds(2)));

        CountDownLatch mayBeat = new CountDownLatch(1);
        sandbox.beatsAfter(mayBeat);
        mayClose.countDown();
        RunsFixture.awaitUntil(() -> !stopping.isAlive() || isAwaitingTheLastBeat(stopping));
        assertThat(stopping.isAlive())
                .as("a beat that is under way would renew the lease that was given up")
                .isTrue();
        assertThat(lease()).isPresent();

        mayBeat.countDown();
        stopping.join();
        assertThat(lease()).isEmpty();
    }

    private static boolean isAwaitingTheLastBeat(Thread stopping) {
        return Arrays.stream(stopping.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("awaitTermination"));
    }

    private Optional<OffsetDateTime> lease() {
        return transactions.acrossTenants(
                () -> jdbc.sql("select lease_until from workers where name like '%:last-beat'")
                        .query(OffsetDateTime.class)
                        .optional());
    }
}
