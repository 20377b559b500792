package dev.artemis.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenants;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class LimitsInFlightTest {

    private static final int CALLERS = 8;
    private static final int CHANGES = 15;

    private final Budgets budgets;
    private final Tenants tenants;
    private final Projects projects;

    LimitsInFlightTest(Budgets budgets, Tenants tenants, Projects projects) {
        this.budgets = budgets;
        this.tenants = tenants;
        this.projects = projects;
    }

    /** A limit counts for every admission that commits after it was set, however many are on their way. */
    @Test
    void nothingIsSpentOnceALimitOfZeroWasSetAndCallsGoOnOnceItIsLifted() throws Exception {
        TenantId tenant = tenants.create(new Slug("flight-" + UUID.randomUUID()), "Flight", ZoneId.of("UTC"))
                .id();
        ProjectId project = projects.create(tenant, new Slug("one"), "One").id();
        var level = new Level.OfProject(project);
        var stop = new AtomicBoolean();
        var admitted = new Semaphore(0);
        var refused = new Semaphore(0);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> flying = new ArrayList<>();
            try {
                for (int n = 0; n < CALLERS; n++) {
                    flying.add(callers.submit(() -> {
                        while (!stop.get()) {
                            (track(tenant, project) ? admitted : refused).release();
                        }
                        return true;
                    }));
                }
                for (int change = 0; change < CHANGES; change++) {
                    admitted.drainPermits();
                    budgets.setLimits(tenant, level, Limits.NONE);
                    admitted.acquire(CALLERS);
                    budgets.setLimits(tenant, level, Limits.of(Usd.ZERO, null));
                    Usd spent = spent(tenant, project);
                    refused.drainPermits();
                    refused.acquire(3 * CALLERS);
                    assertThat(spent(tenant, project)).isEqualTo(spent);
                }
            } finally {
                stop.set(true);
            }
            for (Future<?> done : flying) {
                done.get();
            }
        }
    }

    private Usd spent(TenantId tenant, ProjectId project) {
        return budgets.status(tenant, project, null)
                .window(LimitScope.PROJECT, LimitPeriod.DAILY)
                .spent();
    }

    private boolean track(TenantId tenant, ProjectId project) {
        var caller = new Caller.ForProject(tenant, project, null, null, Set.of(), "test");
        return budgets.track(
                        caller,
                        new CallSpending(
                                ModelRef.of("gpt-4o"),
                                Usage.of(1, 1),
                                ServiceTier.STANDARD,
                                new CallLabels("flight", null, null),
                                null,
                                CallSpending.Mode.ENFORCE))
                instanceof Admission.Tracked;
    }
}
