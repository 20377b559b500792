package dev.artemis.idempotency;

import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Sweeps answers that are older than the contract promises to keep them. Any number of instances may do so at once. */
@Component
class ForgetOldAnswers {

    private static final int AT_ONCE = 10_000;

    private final JdbcClient jdbc;

    ForgetOldAnswers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Scheduled(fixedDelay = 15, initialDelay = 5, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        int gone;
        do {
            gone = jdbc.sql("select door.forget_old_answers(:limit)")
                    .param("limit", AT_ONCE)
                    .query(Integer.class)
                    .single();
        } while (gone == AT_ONCE);
    }
}
