package dev.artemis.exports;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** What others ask of this process while files are written: to those, exports give way. */
@Component
public class Traffic {

    /** How long after a question more are expected. */
    static final Duration BUSY_FOR = Duration.ofMillis(250);
    /** Between two looks whether others wait. */
    static final int ROWS = 256;
    /** Of the time that an export has worked; so it takes a third of a processor where others ask. */
    static final int PAUSE_TIMES_WORK = 2;

    private final LongSupplier nanoTime;
    private final LongConsumer pause;
    private volatile long last;

    @Autowired
    Traffic() {
        this(System::nanoTime, LockSupport::parkNanos);
    }

    Traffic(LongSupplier nanoTime, LongConsumer pause) {
        this.nanoTime = nanoTime;
        this.pause = pause;
        this.last = nanoTime.getAsLong() - BUSY_FOR.toNanos();
    }

    /** Somebody asked, who waits for the answer. */
    public void met() {
        last = nanoTime.getAsLong();
    }

    boolean isBusy() {
        return nanoTime.getAsLong() - last < BUSY_FOR.toNanos();
    }

    /** Told of each row of one file, makes the thread that writes it pause while others ask. */
    Runnable pace() {
        return new Runnable() {
            private int rows;
            private long since = nanoTime.getAsLong();

            @Override
            public void run() {
                if (++rows % ROWS == 0) {
                    if (isBusy()) {
                        pause.accept(PAUSE_TIMES_WORK * (nanoTime.getAsLong() - since));
                    }
                    since = nanoTime.getAsLong();
                }
            }
        };
    }
}
