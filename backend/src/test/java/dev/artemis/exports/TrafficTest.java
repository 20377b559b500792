package dev.artemis.exports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TrafficTest {

    private static final long WORK = 1_000;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5_000);
    private final List<Long> pauses = new ArrayList<>();
    private final Traffic traffic = new Traffic(now::get, pauses::add);

    @Test
    void anExportPausesAsOftenAsItLooksWhileOthersAsk() {
        Runnable pace = traffic.pace();
        traffic.met();

        write(pace, 2 * Traffic.ROWS);

        assertThat(pauses)
                .containsExactly(
                        Traffic.PAUSE_TIMES_WORK * Traffic.ROWS * WORK, Traffic.PAUSE_TIMES_WORK * Traffic.ROWS * WORK);
    }

    @Test
    void itGoesOnAtFullSpeedWhereNobodyAsks() {
        write(traffic.pace(), 2 * Traffic.ROWS);

        assertThat(pauses).isEmpty();
    }

    @Test
    void andAgainAWhileAfterTheLastQuestion() {
        Runnable pace = traffic.pace();
        traffic.met();
        assertThat(traffic.isBusy()).isTrue();

        now.addAndGet(Traffic.BUSY_FOR.toNanos());

        assertThat(traffic.isBusy()).isFalse();
        write(pace, Traffic.ROWS);
        assertThat(pauses).isEmpty();
    }

    private void write(Runnable pace, int rows) {
        for (int row = 0; row < rows; row++) {
            now.addAndGet(WORK);
            pace.run();
        }
    }
}
