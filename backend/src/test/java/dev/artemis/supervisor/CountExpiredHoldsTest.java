package dev.artemis.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.Admission;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.CallLabels;
import dev.artemis.budgets.Repeatable;
import dev.artemis.budgets.ReservationWish;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Projects;
import dev.artemis.runs.RunsFixture;
import dev.artemis.shared.Caller;
import dev.artemis.tenants.Tenants;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class CountExpiredHoldsTest {

    private final Budgets budgets;
    private final Supervision supervision;
    private final Caller.ForProject developer;

    CountExpiredHoldsTest(Budgets budgets, Supervision supervision, Tenants tenants, Projects projects) {
        this.budgets = budgets;
        this.supervision = supervision;
        this.developer = new RunsFixture(tenants, projects).aDeveloper();
    }

    @Test
    void aReservationThatRanOutIsToldAmongWhatWasMended() {
        long before = expired();

        assertThat(budgets.reserve(
                        developer,
                        new ReservationWish(
                                ModelRef.of("gpt-4o"),
                                Usage.of(5_000, 2_000),
                                ServiceTier.STANDARD,
                                new CallLabels("planning", null, null),
                                Duration.ofSeconds(1)),
                        Repeatable.NEVER))
                .isInstanceOf(Admission.Held.class);

        RunsFixture.awaitUntil(() -> expired() >= before + 1);
        assertThat(supervision.byKind().get(FaultKind.EXPIRED_HOLD))
                .satisfies(count -> assertThat(count.recoveries()).isEqualTo(count.interventions()));
    }

    private long expired() {
        return supervision
                .byKind()
                .getOrDefault(FaultKind.EXPIRED_HOLD, Supervision.Count.NONE)
                .interventions();
    }
}
