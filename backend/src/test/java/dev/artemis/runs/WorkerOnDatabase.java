package dev.artemis.runs;

import dev.artemis.OnDatabase;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestPropertySource;

/** A worker on a real PostgreSQL, with a sandbox that the test speaks for, and a supervisor that sweeps when asked. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@OnDatabase
@TestPropertySource(
        properties = {
            "artemis.roles=api,worker",
            "artemis.sandbox.kind=in-memory",
            "artemis.instance=worker-on-database",
            "artemis.runs.slots=3",
            "artemis.runs.poll=50ms",
            "artemis.runs.lease=3600s",
            "artemis.supervisor.sweep=1h"
        })
@Import(WorkerOnDatabase.InMemory.class)
public @interface WorkerOnDatabase {

    @TestConfiguration(proxyBeanMethods = false)
    class InMemory {

        @Bean
        SandboxInMemory sandbox(Environment environment) {
            var sandbox = new SandboxInMemory();
            if (environment.getProperty("test.sandbox-away", Boolean.class, false)) {
                sandbox.goesAway();
            }
            return sandbox;
        }
    }
}
