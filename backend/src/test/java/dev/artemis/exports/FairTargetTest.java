package dev.artemis.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class FairTargetTest {

    private static final ExportSettings SETTINGS =
            new ExportSettings(1, 10, Duration.ofSeconds(60), DataSize.ofBytes(1_000));

    private final AtomicLong clock = new AtomicLong();
    private final AtomicBoolean othersWait = new AtomicBoolean(true);
    private final SlowReader reader = new SlowReader();
    private final FairTarget target = new FairTarget(reader, SETTINGS, othersWait::get, clock::get);

    /** Takes some time over each piece. */
    private final class SlowReader extends ByteArrayOutputStream {
        private Duration takes = Duration.ZERO;

        @Override
        public void write(byte[] bytes, int offset, int length) {
            clock.addAndGet(takes.toNanos());
            super.write(bytes, offset, length);
        }

        @Override
        public void flush() {
            clock.addAndGet(takes.toNanos());
        }
    }

    @Test
    void whoReadsSlowlyWhileOthersWaitIsCutOffOncePatienceIsOver() throws IOException {
        reader.takes = Duration.ofSeconds(10);
        for (int n = 0; n < 6; n++) {
            target.write(new byte[5_000]);
        }

        assertThatThrownBy(() -> target.write(new byte[5_000]))
                .isInstanceOf(IOException.class)
                .hasMessage("read 35000 bytes in 70 s while others waited");
    }

    @Test
    void whoFlushesOnlyIsCutOffToo() throws IOException {
        reader.takes = Duration.ofSeconds(50);
        target.flush();

        assertThatThrownBy(target::flush).isInstanceOf(IOException.class);
    }

    @Test
    void whileNobodyWaitsTheyTakeTheirTime() throws IOException {
        othersWait.set(false);
        reader.takes = Duration.ofHours(1);

        target.write(new byte[5_000]);
        target.write(7);
        target.flush();

        assertThat(reader.size()).isEqualTo(5_001);
    }

    @Test
    void whoReadsFastEnoughMayReadForAsLongAsItTakes() throws IOException {
        reader.takes = Duration.ofSeconds(10);

        for (int n = 0; n < 100; n++) {
            target.write(new byte[10_000]);
        }

        assertThat(reader.size()).isEqualTo(1_000_000);
    }

    /** The database may be slow, or an export that gives way to others. */
    @Test
    void onlyTheTimeCountsThatTheReaderTakes() throws IOException {
        for (int n = 0; n < 100; n++) {
            clock.addAndGet(Duration.ofMinutes(1).toNanos());
            target.write(new byte[10]);
        }

        assertThat(reader.size()).isEqualTo(1_000);
    }
}
