package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.projects.Projects;
import dev.artemis.sandbox.RunRef;
import dev.artemis.shared.Caller;
import dev.artemis.shared.RunId;
import dev.artemis.tenants.Tenants;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestPropertySource;

/** The database does not answer just when a worker asks what a run is to execute. */
@WorkerOnDatabase
@TestPropertySource(properties = "artemis.instance=away-database")
@Import(AwayDatabaseTest.Hiccups.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class AwayDatabaseTest {

    private static final AtomicInteger HICCUPS = new AtomicInteger();

    private final SandboxInMemory sandbox;
    private final Runs runs;
    private final RunRepairs repairs;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Caller.ForProject developer;

    AwayDatabaseTest(
            SandboxInMemory sandbox,
            Runs runs,
            RunRepairs repairs,
            TenantTransactions transactions,
            JdbcClient jdbc,
            Tenants tenants,
            Projects projects) {
        this.sandbox = sandbox;
        this.runs = runs;
        this.repairs = repairs;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.developer = new RunsFixture(tenants, projects).aDeveloper();
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Hiccups {

        @Bean
        static BeanPostProcessor hiccups() {
            MethodInterceptor hiccup = call -> {
                if (call.getMethod().getName().equals("given")
                        && HICCUPS.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    throw new TransientDataAccessResourceException("the database is away");
                }
                return call.proceed();
            };
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (!(bean instanceof RunInputs)) {
                        return bean;
                    }
                    var factory = new ProxyFactory(bean);
                    factory.setProxyTargetClass(true);
                    factory.addAdvice(hiccup);
                    return factory.getProxy();
                }
            };
        }
    }

    @Test
    void aRunThatWasTakenOverGoesOnOnceItAnswers() {
        RunId run = RunsFixture.submitted(runs, developer);
        RunRef ref = sandbox.given(run);
        sandbox.starts(ref);
        RunsFixture.awaitUntil(() -> runs.summary(developer, run).status() == RunStatus.RUNNING);
        transactions.inTenant(
                developer.tenant(),
                () -> jdbc.sql("update runs set worker_id = :gone where run_id = :run")
                        .param("gone", UUID.randomUUID())
                        .param("run", run.value())
                        .update());

        HICCUPS.set(2);
        assertThat(repairs.adopt(ref)).isTrue();

        assertThat(HICCUPS).hasValue(0);
        assertThat(runs.summary(developer, run).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(runs.summary(developer, run).attempt()).isEqualTo(1);
        assertThat(sandbox.held()).contains(ref);
    }

    @Test
    void aRunThatWasClaimedIsStartedOnceItAnswers() {
        HICCUPS.set(2);
        RunId run = RunsFixture.submitted(runs, developer);

        assertThat(sandbox.given(run).attempt()).isEqualTo(1);
        assertThat(HICCUPS).hasValue(0);
    }
}
