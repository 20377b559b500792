package dev.artemis.notices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.CallLabels;
import dev.artemis.budgets.CallSpending;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.Limits;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.runs.RunRequest;
import dev.artemis.runs.Runs;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Scope;
import dev.artemis.shared.Slug;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ChangesTest {

    private final Changes changes;
    private final Tenants tenants;
    private final Projects projects;
    private final Budgets budgets;
    private final Runs runs;

    ChangesTest(Changes changes, Tenants tenants, Projects projects, Budgets budgets, Runs runs) {
        this.changes = changes;
        this.tenants = tenants;
        this.projects = projects;
        this.budgets = budgets;
        this.runs = runs;
    }

    @Test
    void whoWatchesIsToldOfSettingsMoneyAndRunsOfThatTeamAlone() throws InterruptedException {
        Project mine = aProject();
        Project other = aProject();
        BlockingQueue<Topic> told = new LinkedBlockingQueue<>();
        try (Watching watching = changes.watch(mine.tenant(), EnumSet.allOf(Topic.class), told::add)) {
            // what was done before the watch may still arrive
            while (!isQuiet(told)) {}

            spend(other);
            budgets.setLimits(
                    new Caller.Platform("test"), mine.tenant(), new Level.WholeTenant(), Limits.of(Usd.of("5"), null));
            assertThat(next(told)).isEqualTo(Topic.SETTINGS);

            long before = changes.version(mine.tenant());
            spend(mine);
            assertThat(next(told)).isEqualTo(Topic.MONEY);
            assertThat(changes.version(mine.tenant())).isGreaterThan(before);

            runs.submit(caller(mine), RunRequest.of("python", "print(1)"));
            assertThat(Set.of(String.valueOf(next(told)), String.valueOf(next(told))))
                    .isEqualTo(Set.of("RUNS", "MONEY"));
            assertThat(isQuiet(told)).as("no more than that").isTrue();
        }
    }

    @Test
    void whoHasGoneIsToldNothing() throws InterruptedException {
        Project project = aProject();
        BlockingQueue<Topic> told = new LinkedBlockingQueue<>();
        BlockingQueue<Topic> others = new LinkedBlockingQueue<>();
        Watching gone = changes.watch(project.tenant(), Set.of(Topic.MONEY), told::add);
        gone.close();
        gone.close();
        try (Watching there = changes.watch(project.tenant(), Set.of(Topic.MONEY), others::add)) {
            spend(project);

            assertThat(others.poll(60, TimeUnit.SECONDS)).isEqualTo(Topic.MONEY);
            assertThat(told).isEmpty();
        }
    }

    @Test
    void whoWatchesAllMoneyIsToldOfAnyTeamsAndOfNothingElse() throws InterruptedException {
        Project one = aProject();
        Project other = aProject();
        BlockingQueue<Topic> told = new LinkedBlockingQueue<>();
        try (Watching watching = changes.watchAllMoney(told::add)) {
            while (!isQuiet(told)) {}

            budgets.setLimits(
                    new Caller.Platform("test"), one.tenant(), new Level.WholeTenant(), Limits.of(Usd.of("5"), null));
            assertThat(isQuiet(told)).as("settings are not money").isTrue();
            spend(one);
            assertThat(next(told)).isEqualTo(Topic.MONEY);
            spend(other);
            assertThat(next(told)).isEqualTo(Topic.MONEY);
        }
        spend(one);
        assertThat(isQuiet(told)).as("who has gone").isTrue();
    }

    private static @Nullable Topic next(BlockingQueue<Topic> told) throws InterruptedException {
        return told.poll(60, TimeUnit.SECONDS);
    }

    private static boolean isQuiet(BlockingQueue<Topic> told) throws InterruptedException {
        return told.poll(2, TimeUnit.SECONDS) == null;
    }

    private Project aProject() {
        Tenant team = tenants.create(new Slug("changes-" + UUID.randomUUID()), "Team", ZoneId.of("Etc/UTC"));
        return projects.create(team.id(), new Slug("shop"), "Shop");
    }

    private void spend(Project project) {
        budgets.track(
                caller(project),
                new CallSpending(
                        ModelRef.of("gpt-4o"),
                        new Usage(1, 0, 0, 0, 1),
                        ServiceTier.STANDARD,
                        new CallLabels("testing", null, null),
                        null,
                        CallSpending.Mode.ENFORCE));
    }

    private static Caller.ForProject caller(Project project) {
        return new Caller.ForProject(project.tenant(), project.id(), null, null, EnumSet.allOf(Scope.class), "test");
    }
}
