package dev.artemis;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Threads for what recurs. Where virtual threads are on, Spring Boot's own scheduler runs every job with a fixed delay on
 * one thread: a mail server that is slow would delay prices, holds and sessions.
 */
@Configuration(proxyBeanMethods = false)
class JobThreads {

    /** More than there are jobs, so that none ever waits for another. */
    private static final int THREADS = 32;

    /** A role and not its class, which is an executor too and would take the place of everybody's. */
    @Bean
    TaskScheduler taskScheduler() {
        var scheduler = new ThreadPoolTaskScheduler();
        scheduler.setPoolSize(THREADS);
        scheduler.setThreadNamePrefix("job-");
        return scheduler;
    }
}
