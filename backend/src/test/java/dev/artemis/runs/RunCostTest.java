package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.Usage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunCostTest {

    /** A clock tells nanoseconds, a row has microseconds; 53 MiB over half a microsecond are 26 of the ninth decimal. */
    @Test
    void costsWhatItsRowSaysThatItUsed() {
        Usage told = new Usage(Duration.ofNanos(36_495_327_499L), Duration.ofNanos(1_234_567), 53 << 20);
        Usage kept = new Usage(
                Columns.duration(Columns.micros(told.executionTime())),
                Columns.duration(Columns.micros(told.cpuTime())),
                told.maxMemoryBytes());
        assertThat(RunCost.used(told)).isEqualTo(RunCost.used(kept));
        assertThat(told.executionTime()).isEqualTo(Duration.ofNanos(36_495_327_000L));
    }
}
