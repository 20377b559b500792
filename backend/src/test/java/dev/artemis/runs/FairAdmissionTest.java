package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.shared.ProjectId;
import dev.artemis.shared.RunId;
import dev.artemis.shared.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FairAdmissionTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final long GIB = 1L << 30;

    private static final FairAdmission.Room AMPLE = room(Long.MAX_VALUE, Long.MAX_VALUE);

    private final FairAdmission fairness = new FairAdmission(new RunSettings.Capacity(8_000, 16 * GIB));
    private final TenantId busy = TenantId.random();
    private final TenantId quiet = TenantId.random();
    private final ProjectId busyProject = ProjectId.random();
    private final ProjectId quietProject = ProjectId.random();
    private final List<FairAdmission.Waiting> waiting = new ArrayList<>();
    private final Map<TenantId, FairAdmission.InUse> teams = new HashMap<>();
    private final Map<ProjectId, FairAdmission.Room> rooms = new HashMap<>();

    @Test
    void tenThousandRunsOfOneTeamDoNotDelayAnothersFirst() {
        for (int i = 0; i < 10_000; i++) {
            waits(busy, busyProject, 0, i, 1_000);
        }
        RunId first = waits(quiet, quietProject, 0, 20_000, 1_000);
        holds(busy, 7);

        List<RunId> chosen = chosen(1);

        assertThat(chosen).containsExactly(first);
    }

    @Test
    void slotsAreSharedEvenlyBetweenTeamsThatWait() {
        for (int i = 0; i < 10; i++) {
            waits(busy, busyProject, 0, i, 1_000);
            waits(quiet, quietProject, 0, 100 + i, 1_000);
        }

        List<RunId> chosen = chosen(6);

        assertThat(chosen.stream().filter(run -> tenantOf(run).equals(quiet))).hasSize(3);
    }

    @Test
    void aTeamOfBigRunsGetsFewerOfThem() {
        for (int i = 0; i < 10; i++) {
            waits(busy, busyProject, 0, i, 2_000);
            waits(quiet, quietProject, 0, 100 + i, 1_000);
        }

        List<RunId> chosen = chosen(6);

        assertThat(chosen.stream().filter(run -> tenantOf(run).equals(busy))).hasSize(2);
    }

    @Test
    void memoryCountsWhereItIsWhatATeamUsesMost() {
        waits(busy, busyProject, 0, 0, 1_000);
        RunId small = waits(quiet, quietProject, 0, 1, 1_000);
        teams.put(busy, use(1_000, 12 * GIB, 100, NOON, AMPLE));
        teams.put(quiet, use(2_000, GIB, 100, NOON, AMPLE));

        assertThat(chosen(1)).containsExactly(small);
    }

    @Test
    void amongEqualsTheLongestUnservedIsNext() {
        RunId servedLately = waits(busy, busyProject, 0, 0, 1_000);
        RunId unserved = waits(quiet, quietProject, 0, 50, 1_000);
        teams.put(busy, use(0, 0, 100, NOON, AMPLE));
        teams.put(quiet, use(0, 0, 100, NOON.minusSeconds(60), AMPLE));

        assertThat(chosen(2)).containsExactly(unserved, servedLately);
    }

    @Test
    void withinATeamPriorityGoesBeforeAge() {
        RunId old = waits(busy, busyProject, 0, 0, 1_000);
        RunId low = waits(busy, busyProject, -1, 1, 1_000);
        RunId urgent = waits(busy, busyProject, 5, 2, 1_000);

        assertThat(chosen(3)).containsExactly(urgent, old, low);
    }

    @Test
    void aFullProjectOrTeamIsPassedOver() {
        ProjectId other = ProjectId.random();
        waits(busy, busyProject, 5, 0, 1_000);
        RunId fits = waits(busy, other, 0, 1, 1_000);
        waits(busy, other, 0, 2, 1_000);
        rooms.put(busyProject, room(0, 8_000));
        teams.put(busy, use(0, 0, 100, NOON, room(1, 8_000)));

        assertThat(chosen(5)).containsExactly(fits);
    }

    @Test
    void aTeamOfTwiceTheWeightGetsTwiceAsMuch() {
        for (int i = 0; i < 20; i++) {
            waits(busy, busyProject, 0, i, 1_000);
            waits(quiet, quietProject, 0, 100 + i, 1_000);
        }
        teams.put(busy, use(0, 0, 200, NOON, AMPLE));
        teams.put(quiet, use(0, 0, 100, NOON, AMPLE));

        List<RunId> chosen = chosen(9);

        assertThat(chosen.stream().filter(run -> tenantOf(run).equals(busy))).hasSize(6);
    }

    @Test
    void aTeamHoldsNoMoreCpuThanItMayAndItsBigRunIsNotPassedBy() {
        RunId fits = waits(busy, busyProject, 0, 0, 2_000);
        waits(busy, busyProject, 0, 1, 2_000);
        waits(busy, busyProject, 0, 2, 500);
        teams.put(busy, use(0, 0, 100, NOON, room(10, 3_000)));

        assertThat(chosen(5)).containsExactly(fits);
    }

    @Test
    void aProjectHoldsNoMoreCpuThanItMayAndLeavesTheRestToOthers() {
        ProjectId other = ProjectId.random();
        RunId fits = waits(busy, busyProject, 0, 0, 1_000);
        waits(busy, busyProject, 0, 1, 1_000);
        waits(busy, busyProject, 0, 2, 100);
        RunId others = waits(busy, other, 0, 3, 1_000);
        rooms.put(busyProject, room(10, 1_500));

        assertThat(chosen(5)).containsExactly(fits, others);
    }

    @Test
    void whatIsLeftIsKeptForTheTeamThatUsesLeast() {
        holds(busy, 6);
        waits(busy, busyProject, 0, 0, 1_000);
        RunId large = waits(quiet, quietProject, 0, 1, 4_000);

        FairAdmission.Choice tooEarly = fairness.choose(waiting, teams, rooms, left(10, 2_000));
        FairAdmission.Choice later = fairness.choose(waiting, teams, rooms, left(10, 4_000));

        assertThat(tooEarly.runs()).isEmpty();
        assertThat(tooEarly.kept()).isTrue();
        assertThat(later.runs()).containsExactly(large);
    }

    @Test
    void noMoreIsTakenThanIsLeftThoughThereAreSlots() {
        for (int i = 0; i < 10; i++) {
            waits(busy, busyProject, 0, i, 1_000);
        }

        FairAdmission.Choice choice = fairness.choose(waiting, teams, rooms, left(10, 3_500));

        assertThat(choice.runs()).hasSize(3);
        assertThat(choice.kept()).isTrue();
    }

    @Test
    void aTeamThatMayHaveNothingMoreKeepsNothingFromOthers() {
        waits(quiet, quietProject, 0, 0, 4_000);
        teams.put(quiet, use(0, 0, 100, null, room(10, 3_000)));
        RunId fits = waits(busy, busyProject, 0, 1, 1_000);
        holds(busy, 2);

        assertThat(fairness.choose(waiting, teams, rooms, left(10, 2_000)).runs())
                .containsExactly(fits);
    }

    /** It was accepted before there was less. */
    @Test
    void aRunThatAsksForMoreThanThereIsHasAllOfIt() {
        RunId huge = waits(quiet, quietProject, 0, 0, 9_000);

        assertThat(fairness.choose(waiting, teams, rooms, left(10, 7_999)).runs())
                .isEmpty();
        assertThat(fairness.choose(waiting, teams, rooms, left(10, 8_000)).runs())
                .containsExactly(huge);
    }

    private List<RunId> chosen(int slots) {
        RunSettings.Capacity all = new RunSettings.Capacity(RunSettings.UNLIMITED, RunSettings.UNLIMITED);
        return fairness.choose(
                        waiting,
                        teams,
                        rooms,
                        new FairAdmission.Shared(
                                new FairAdmission.Room(slots, all.cpuMillicores(), all.memoryBytes()), all))
                .runs();
    }

    private static FairAdmission.Shared left(int slots, long cpuMillicores) {
        return new FairAdmission.Shared(
                new FairAdmission.Room(slots, cpuMillicores, 16 * GIB), new RunSettings.Capacity(8_000, 16 * GIB));
    }

    private RunId waits(TenantId tenant, ProjectId project, int priority, int secondsAfterNoon, long cpuMillicores) {
        RunId run = RunId.random();
        teams.putIfAbsent(tenant, use(0, 0, 100, null, AMPLE));
        rooms.putIfAbsent(project, AMPLE);
        waiting.add(new FairAdmission.Waiting(
                run, tenant, project, priority, NOON.plusSeconds(secondsAfterNoon), cpuMillicores, GIB / 2));
        return run;
    }

    private void holds(TenantId tenant, int runs) {
        teams.put(tenant, use(1_000L * runs, runs * GIB / 2, 100, NOON, AMPLE));
    }

    private static FairAdmission.InUse use(
            long cpuMillicores, long memoryBytes, int weight, @Nullable Instant servedAt, FairAdmission.Room room) {
        return new FairAdmission.InUse(cpuMillicores, memoryBytes, weight, servedAt, room);
    }

    private static FairAdmission.Room room(long runs, long cpuMillicores) {
        return new FairAdmission.Room(runs, cpuMillicores, Long.MAX_VALUE);
    }

    private TenantId tenantOf(RunId run) {
        return waiting.stream()
                .filter(waits -> waits.run().equals(run))
                .findFirst()
                .orElseThrow()
                .tenant();
    }
}
