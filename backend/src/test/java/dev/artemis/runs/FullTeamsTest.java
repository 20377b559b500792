package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.shared.TenantId;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FullTeamsTest {

    private final TenantId team = new TenantId(UUID.randomUUID());
    private final TenantId other = new TenantId(UUID.randomUUID());
    private long now = -5_000_000_000L;
    private final FullTeams teams = new FullTeams(() -> now);

    @Test
    void triesOneRunASecondWhileATeamIsFull() {
        assertThat(teams.room(team)).isEqualTo(Long.MAX_VALUE);

        for (int second = 0; second < 10; second++) {
            teams.refused(team.value());
            assertThat(teams.room(team)).isZero();
            passes(Duration.ofMillis(999));
            assertThat(teams.room(team)).isZero();
            passes(Duration.ofMillis(1));
            assertThat(teams.room(team)).isEqualTo(1);
            teams.taken(team.value());
            assertThat(teams.room(team)).isZero();
        }
        assertThat(teams.room(other)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void takesOneMoreForEachRunThatEnded() {
        teams.refused(team.value());

        teams.ended(team.value());
        teams.ended(team.value());
        assertThat(teams.room(team)).isEqualTo(2);

        teams.taken(team.value());
        teams.taken(team.value());
        assertThat(teams.room(team)).isZero();
    }

    @Test
    void forgetsATeamOfWhichNothingWasRefusedForAWhile() {
        teams.refused(team.value());

        passes(Duration.ofMillis(5_001));

        assertThat(teams.room(team)).isEqualTo(Long.MAX_VALUE);
    }

    private void passes(Duration time) {
        now += time.toNanos();
    }
}
