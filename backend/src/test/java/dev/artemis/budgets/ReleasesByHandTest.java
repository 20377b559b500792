package dev.artemis.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.audit.AuditEntry;
import dev.artemis.audit.AuditLog;
import dev.artemis.audit.AuditQuery;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.ReservationId;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenants;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;

/** Who frees money that a program holds is in the audit log; a program that gives back its own is not. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ReleasesByHandTest {

    private final Budgets budgets;
    private final AuditLog log;
    private final Caller.ForProject program;
    private final Caller.ForProject person;

    ReleasesByHandTest(Budgets budgets, AuditLog log, Tenants tenants, Projects projects) {
        this.budgets = budgets;
        this.log = log;
        TenantId tenant = tenants.create(new Slug("by-hand-" + UUID.randomUUID()), "Team", ZoneId.of("Europe/Berlin"))
                .id();
        var project = projects.create(tenant, new Slug("one"), "One").id();
        this.program = new Caller.ForProject(tenant, project, KeyId.random(), null, Set.of(), "key 1");
        this.person = new Caller.ForProject(tenant, project, null, UserId.random(), Set.of(), "anna@example.org");
    }

    @Test
    void aPersonsReleaseIsToldOnce() {
        ReservationId held = reserve();

        budgets.release(person, held);
        budgets.release(person, held);

        assertThat(told()).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo("anna@example.org");
            assertThat(entry.subject()).isEqualTo(held.toString());
            assertThat(entry.before())
                    .contains("\"held\"", "\"0.0525\"", person.project().toString());
            assertThat(entry.after()).contains("\"released\"");
        });
    }

    @Test
    void whatCouldNotBeReleasedIsNotTold() {
        assertThat(budgets.release(person, new ReservationId(UUID.randomUUID())))
                .isInstanceOf(Admission.UnknownHold.class);

        assertThat(told()).isEmpty();
    }

    @Test
    void aProgramGivesBackAsAMatterOfCourse() {
        assertThat(budgets.release(program, reserve())).isInstanceOf(Admission.Released.class);

        assertThat(told()).isEmpty();
    }

    private ReservationId reserve() {
        Admission held = budgets.reserve(
                program,
                new ReservationWish(
                        ModelRef.of("gpt-4o"),
                        Usage.of(5_000, 4_000),
                        ServiceTier.STANDARD,
                        new CallLabels("review", null, null),
                        ReservationWish.DEFAULT_TIME_TO_LIVE),
                Repeatable.NEVER);
        return ((Admission.Held) held).id();
    }

    private List<AuditEntry> told() {
        return log.find(new AuditQuery(program.tenant(), null, "reservation.", null, null), null)
                .items();
    }
}
