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

    /** What turns pods away is known after seconds: until then each more that is taken would hold a slot for nothing. */
    @Test
    void triesOneRunAtATimeHoweverLateItsRefusalComes() {
        teams.refused(team.value());

        for (int time = 0; time < 5; time++) {
            passes(Duration.ofSeconds(1));
            assertThat(teams.room(team)).isEqualTo(1);
            teams.taken(team.value());
            for (int second = 0; second < 6; second++) {
                passes(Duration.ofSeconds(1));
                assertThat(teams.room(team)).as("at second " + second).isZero();
            }
            teams.refused(team.value());
        }
    }

    @Test
    void triesTheNextAtOnceWhereOneWasLetIn() {
        teams.refused(team.value());
        passes(Duration.ofSeconds(1));
        teams.taken(team.value());

        teams.started(team.value());

        assertThat(teams.room(team)).isEqualTo(1);
    }

    @Test
    void aRunThatEndedOtherwiseIsTriedNoLonger() {
        teams.refused(team.value());
        passes(Duration.ofSeconds(1));
        teams.taken(team.value());

        teams.ended(team.value());
        teams.taken(team.value());
        assertThat(teams.room(team)).isZero();
        teams.ended(team.value());
        assertThat(teams.room(team)).isEqualTo(1);
    }

    @Test
    void forgetsATeamOfWhichNothingWasRefusedForAWhile() {
        teams.refused(team.value());
        passes(Duration.ofSeconds(1));
        teams.taken(team.value());
        teams.released(team.value());

        passes(Duration.ofSeconds(29));
        assertThat(teams.room(team)).isEqualTo(1);
        passes(Duration.ofMillis(1));
        assertThat(teams.room(team)).isEqualTo(Long.MAX_VALUE);
    }

    /** A pod that finds no node is given up after minutes, and so would all that were let after it. */
    @Test
    void forgetsNoTeamOfWhichOneIsStillTried() {
        teams.refused(team.value());
        passes(Duration.ofSeconds(1));
        teams.taken(team.value());

        passes(Duration.ofMinutes(5));
        assertThat(teams.room(team)).isZero();
        teams.released(team.value());
        assertThat(teams.room(team)).isEqualTo(Long.MAX_VALUE);
    }

    private void passes(Duration time) {
        now += time.toNanos();
    }
}
