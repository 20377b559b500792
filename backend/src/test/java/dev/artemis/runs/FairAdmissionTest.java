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
import org.junit.jupiter.api.Test;

class FairAdmissionTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final long GIB = 1L << 30;

    private final FairAdmission fairness = new FairAdmission(new RunSettings.Capacity(8_000, 16 * GIB));
    private final TenantId busy = TenantId.random();
    private final TenantId quiet = TenantId.random();
    private final ProjectId busyProject = ProjectId.random();
    private final ProjectId quietProject = ProjectId.random();
    private final List<FairAdmission.Waiting> waiting = new ArrayList<>();
    private final Map<TenantId, FairAdmission.InUse> teams = new HashMap<>();
    private final Map<ProjectId, Integer> room = new HashMap<>();

    @Test
    void tenThousandRunsOfOneTeamDoNotDelayAnothersFirst() {
        for (int i = 0; i < 10_000; i++) {
            waits(busy, busyProject, 0, i, 1_000);
        }
        RunId first = waits(quiet, quietProject, 0, 20_000, 1_000);
        holds(busy, 7);

        List<RunId> chosen = fairness.choose(waiting, teams, room, 1);

        assertThat(chosen).containsExactly(first);
    }

    @Test
    void slotsAreSharedEvenlyBetweenTeamsThatWait() {
        for (int i = 0; i < 10; i++) {
            waits(busy, busyProject, 0, i, 1_000);
            waits(quiet, quietProject, 0, 100 + i, 1_000);
        }

        List<RunId> chosen = fairness.choose(waiting, teams, room, 6);

        assertThat(chosen.stream().filter(run -> tenantOf(run).equals(quiet))).hasSize(3);
    }

    @Test
    void aTeamOfBigRunsGetsFewerOfThem() {
        for (int i = 0; i < 10; i++) {
            waits(busy, busyProject, 0, i, 2_000);
            waits(quiet, quietProject, 0, 100 + i, 1_000);
        }

        List<RunId> chosen = fairness.choose(waiting, teams, room, 6);

        assertThat(chosen.stream().filter(run -> tenantOf(run).equals(busy))).hasSize(2);
    }

    @Test
    void memoryCountsWhereItIsWhatATeamUsesMost() {
        waits(busy, busyProject, 0, 0, 1_000);
        RunId small = waits(quiet, quietProject, 0, 1, 1_000);
        teams.put(busy, new FairAdmission.InUse(1, 1_000, 12 * GIB, NOON, 100));
        teams.put(quiet, new FairAdmission.InUse(2, 2_000, GIB, NOON, 100));

        assertThat(fairness.choose(waiting, teams, room, 1)).containsExactly(small);
    }

    @Test
    void amongEqualsTheLongestUnservedIsNext() {
        RunId servedLately = waits(busy, busyProject, 0, 0, 1_000);
        RunId unserved = waits(quiet, quietProject, 0, 50, 1_000);
        teams.put(busy, new FairAdmission.InUse(0, 0, 0, NOON, 100));
        teams.put(quiet, new FairAdmission.InUse(0, 0, 0, NOON.minusSeconds(60), 100));

        assertThat(fairness.choose(waiting, teams, room, 2)).containsExactly(unserved, servedLately);
    }

    @Test
    void withinATeamPriorityGoesBeforeAge() {
        RunId old = waits(busy, busyProject, 0, 0, 1_000);
        RunId low = waits(busy, busyProject, -1, 1, 1_000);
        RunId urgent = waits(busy, busyProject, 5, 2, 1_000);

        assertThat(fairness.choose(waiting, teams, room, 3)).containsExactly(urgent, old, low);
    }

    @Test
    void aFullProjectOrTeamIsPassedOver() {
        ProjectId other = ProjectId.random();
        waits(busy, busyProject, 5, 0, 1_000);
        RunId fits = waits(busy, other, 0, 1, 1_000);
        waits(busy, other, 0, 2, 1_000);
        room.put(busyProject, 0);
        room.put(other, 10);
        teams.put(busy, new FairAdmission.InUse(3, 0, 0, NOON, 4));

        assertThat(fairness.choose(waiting, teams, room, 5)).containsExactly(fits);
    }

    private RunId waits(TenantId tenant, ProjectId project, int priority, int secondsAfterNoon, long cpuMillicores) {
        RunId run = RunId.random();
        waiting.add(new FairAdmission.Waiting(
                run, tenant, project, priority, NOON.plusSeconds(secondsAfterNoon), cpuMillicores, GIB / 2));
        return run;
    }

    private void holds(TenantId tenant, int runs) {
        teams.put(tenant, new FairAdmission.InUse(runs, 1_000L * runs, runs * GIB / 2, NOON, 1_000));
    }

    private TenantId tenantOf(RunId run) {
        return waiting.stream()
                .filter(waits -> waits.run().equals(run))
                .findFirst()
                .orElseThrow()
                .tenant();
    }
}
