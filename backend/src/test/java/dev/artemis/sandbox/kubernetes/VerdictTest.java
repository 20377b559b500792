package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.Captured;
import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.KillReason;
import dev.artemis.sandbox.Loss;
import dev.artemis.sandbox.Most;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ends without a final record. */
class VerdictTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration WALL = Duration.ofSeconds(10);
    private static final Captured SOME = new Captured(5, 5, 5);

    static Stream<Arguments> ends() {
        return Stream.of(
                end("killed with its runner for memory", 137, "OOMKilled", "", KillReason.OUT_OF_MEMORY),
                end(
                        "evicted for a full volume",
                        137,
                        "Evicted",
                        "Usage of EmptyDir volume \"scratch\" exceeds the limit \"16Mi\".",
                        KillReason.DISK_LIMIT),
                end(
                        "evicted for its storage",
                        137,
                        "Evicted",
                        "Pod ephemeral local storage usage exceeds the total limit of containers 64Mi.",
                        KillReason.DISK_LIMIT),
                end(
                        "evicted for its container's storage",
                        137,
                        "Evicted",
                        "Container program exceeded its local ephemeral storage limit \"64Mi\".",
                        KillReason.DISK_LIMIT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void isKilledForItsOwnUse(String name, Sight.Ended end, KillReason reason) {
        Observation observation = verdict(false, Optional.of(NOON)).of(end);

        assertThat(((Observation.Finished) observation).result().ending()).isEqualTo(new Ending.Killed(reason));
    }

    @Test
    void isLostWhenItsNodeWasShort() {
        Observation observation =
                verdict(false, Optional.of(NOON)).of(ended(0, "Evicted", "The node was low on resource: memory."));

        assertThat(((Observation.Lost) observation).loss()).isEqualTo(Loss.RECORD_MISSING);
    }

    @Test
    void isLostWhenItsPodVanished() {
        assertThat(verdict(false, Optional.of(NOON)).of(new Sight.Gone("the pod was removed")))
                .isEqualTo(new Observation.Lost(Loss.NODE_LOST, "the pod was removed"));
    }

    @Test
    void isCancelledWhenWeStoppedIt() {
        Observation gone = verdict(true, Optional.empty()).of(new Sight.Gone("the pod was removed"));
        Observation ended = verdict(true, Optional.of(NOON)).of(ended(143, "Error", ""));

        assertThat(((Observation.Finished) gone).result().ending()).isEqualTo(new Ending.Killed(KillReason.CANCELLED));
        assertThat(((Observation.Finished) ended).result().ending()).isEqualTo(new Ending.Killed(KillReason.CANCELLED));
    }

    @Test
    void isNeverFinishedForExitCodeZeroAlone() {
        Observation observation = verdict(false, Optional.of(NOON)).of(ended(0, "Completed", ""));

        assertThat(((Observation.Lost) observation).loss()).isEqualTo(Loss.RECORD_MISSING);
    }

    @Test
    void timesOutOnlyWhenItsTimeWasUp() {
        Sight.Ended end = ended(137, "DeadlineExceeded", "");

        assertThat(verdict(false, Optional.of(NOON.minus(WALL))).of(end)).isInstanceOf(Observation.Finished.class);
        assertThat(verdict(false, Optional.of(NOON.minusSeconds(1))).of(end)).isInstanceOf(Observation.Lost.class);
    }

    @Test
    void failsWhenRunnerCouldNotStart() {
        Observation observation = verdict(false, Optional.empty()).of(ended(128, "StartError", "exec format error"));

        assertThat(observation)
                .isEqualTo(new Observation.Failed(
                        Failure.SANDBOX_BROKEN,
                        "pod p ended without a final record: StartError, exit code 128, exec format error"));
    }

    @Test
    void whatNobodyCountedIsTheMostThatItCanHaveBeen() {
        Observation observation =
                verdict(false, Optional.of(NOON.minusSeconds(3))).of(ended(137, "OOMKilled", ""));

        assertThat(((Observation.Finished) observation).result().usage())
                .isEqualTo(new Usage(Duration.ofSeconds(3), Duration.ofMillis(1_500), 64));
        assertThat(((Observation.Finished) observation).result().stdout()).isEqualTo(SOME);
    }

    @Test
    void whatNeverRanUsedNothing() {
        Observation gone = verdict(true, Optional.empty()).of(new Sight.Gone("the pod was removed"));

        assertThat(((Observation.Finished) gone).result().usage())
                .isEqualTo(new Usage(Duration.ZERO, Duration.ZERO, 0));
    }

    /** Cancelled while the runner still read its input: the container ran, the program never did. */
    @Test
    void aContainerWhoseLogShowsNoStartUsedNothing() {
        Observation told = verdict(true, Optional.empty(), true).of(cancelledAfter(Duration.ofSeconds(4)));

        assertThat(((Observation.Finished) told).result().ending()).isEqualTo(new Ending.Killed(KillReason.CANCELLED));
        assertThat(((Observation.Finished) told).result().usage())
                .isEqualTo(new Usage(Duration.ZERO, Duration.ZERO, 0));
    }

    @Test
    void aContainerWhoseLogNobodyCouldReadMayHaveRunAllTheTime() {
        Observation told = verdict(true, Optional.empty(), false).of(cancelledAfter(Duration.ofSeconds(4)));

        assertThat(((Observation.Finished) told).result().usage())
                .isEqualTo(new Usage(Duration.ofSeconds(4), Duration.ofSeconds(2), 64));
    }

    private static Sight.Ended cancelledAfter(Duration ran) {
        return new Sight.Ended(
                new Sight.PodName("p", "u"),
                Optional.of(new Sight.Exit(137, "", Optional.of(NOON.minus(ran)), Optional.of(NOON))),
                "Error",
                "");
    }

    private static Arguments end(String name, int code, String reason, String message, KillReason expected) {
        return Arguments.of(name, ended(code, reason, message), expected);
    }

    private static Sight.Ended ended(int code, String reason, String message) {
        return new Sight.Ended(
                new Sight.PodName("p", "u"),
                Optional.of(new Sight.Exit(code, "", Optional.empty(), Optional.of(NOON))),
                reason,
                message);
    }

    private static Verdict verdict(boolean stopped, Optional<Instant> startedAt) {
        return verdict(stopped, startedAt, true);
    }

    private static Verdict verdict(boolean stopped, Optional<Instant> startedAt, boolean toldAll) {
        return new Verdict(
                new Verdict.Known(stopped, startedAt, toldAll, NOON, new Most(WALL, WALL, 500, 64), SOME, SOME));
    }
}
