package dev.artemis.runs;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.projects.Project;
import dev.artemis.projects.ProjectChange;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.RunId;
import dev.artemis.shared.Scope;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Teams and projects for tests of runs, made through the façades. */
public final class RunsFixture {

    private static final AtomicInteger count = new AtomicInteger();

    private final Tenants tenants;
    private final Projects projects;

    public RunsFixture(Tenants tenants, Projects projects) {
        this.tenants = tenants;
        this.projects = projects;
    }

    /** A developer of a new team with one project. */
    public Caller.ForProject aDeveloper() {
        Tenant team = tenants.create(new Slug("runs-" + count.incrementAndGet()), "Team", ZoneId.of("Europe/Berlin"));
        Project project = projects.create(team.id(), new Slug("code"), "Code");
        return someoneOf(team.id(), project.id());
    }

    /** Who may do everything in that project. */
    Caller.ForProject someoneOf(TenantId team, ProjectId project) {
        return new Caller.ForProject(team, project, null, null, EnumSet.allOf(Scope.class), "developer@example.org");
    }

    /** Cancels all that waits: the database is shared, and what tests of other things left is none of this one's. */
    void emptyQueue(Runs runs, RunQueue queue, TenantTransactions transactions) {
        List<FairAdmission.Waiting> left = waiting(queue, transactions);
        while (!left.isEmpty()) {
            left.forEach(run -> runs.cancel(someoneOf(run.tenant(), run.project()), run.run()));
            left = waiting(queue, transactions);
        }
    }

    private static List<FairAdmission.Waiting> waiting(RunQueue queue, TenantTransactions transactions) {
        return transactions.acrossTenants(() -> queue.waiting(1000, 1000).runs());
    }

    /** Of the caller's team. */
    public Slug slugOf(Caller.ForProject caller) {
        return tenants.find(caller.tenant()).orElseThrow().slug();
    }

    public void change(Caller.ForProject caller, ProjectChange change) {
        projects.change(caller.tenant(), caller.project(), change);
    }

    /** Lets nothing of the caller's project start. */
    public void hold(Caller.ForProject caller) {
        change(caller, new ProjectChange(null, null, null, null, null, new ProjectChange.RunsAtOnce(0)));
    }

    /** A small run of theirs that waits for its place. */
    public static RunId submitted(Runs runs, Caller.ForProject by) {
        return ((Submission.Queued) runs.submit(by, RunRequest.of("shell", "true")))
                .run()
                .summary()
                .id();
    }

    public static void awaitUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not happen within a minute");
            }
            Thread.onSpinWait();
        }
    }
}
