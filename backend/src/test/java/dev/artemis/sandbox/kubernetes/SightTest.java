package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.util.Yaml;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Shapes of Jobs and pods as clusters showed them (1.20 to today's), and what each says. */
class SightTest {

    private static final Sight.PodName POD = new Sight.PodName("run-1-abcde", "uid-1");
    private static final String JOB = """
            metadata: {name: run-1, uid: job-1}
            spec: {parallelism: 1}
            """;

    static Stream<Arguments> pods() {
        return Stream.of(
                shape("just created", "phase: Pending", new Sight.Pending("")),
                shape(
                        "no node has room",
                        """
                        phase: Pending
                        conditions:
                        - {type: PodScheduled, status: "False", reason: Unschedulable, message: "0/1 nodes are available: 1 Insufficient cpu."}
                        """,
                        new Sight.Pending("Unschedulable: 0/1 nodes are available: 1 Insufficient cpu.")),
                shape("container being created", """
                        phase: Pending
                        containerStatuses:
                        - {name: program, image: i, imageID: "", ready: false, restartCount: 0, state: {waiting: {reason: ContainerCreating}}}
                        """, new Sight.Pending("")),
                shape(
                        "image cannot be pulled, which never uses up backoffLimit",
                        """
                        phase: Pending
                        containerStatuses:
                        - {name: program, image: i, imageID: "", ready: false, restartCount: 0, state: {waiting: {reason: ImagePullBackOff, message: Back-off pulling image "x"}}}
                        """,
                        new Sight.Pending("ImagePullBackOff: Back-off pulling image \"x\"")),
                shape("image name is no name", """
                        phase: Pending
                        containerStatuses:
                        - {name: program, image: i, imageID: "", ready: false, restartCount: 0, state: {waiting: {reason: InvalidImageName, message: couldn't parse}}}
                        """, new Sight.Hopeless("InvalidImageName: couldn't parse")),
                shape("running", """
                        phase: Running
                        containerStatuses:
                        - {name: program, image: i, imageID: "", ready: true, restartCount: 0, state: {running: {startedAt: "2026-11-23T07:00:00Z"}}}
                        """, new Sight.Running(POD, Optional.empty())),
                shape(
                        "ended well",
                        """
                        phase: Succeeded
                        containerStatuses:
                        - name: program
                          image: i
                          imageID: ""
                          ready: false
                          restartCount: 0
                          state: {terminated: {exitCode: 0, reason: Completed, message: record, startedAt: "2026-11-23T07:00:00Z", finishedAt: "2026-11-23T07:00:02Z"}}
                        """,
                        new Sight.Ended(
                                POD,
                                Optional.of(new Sight.Exit(
                                        0,
                                        "record",
                                        Optional.of(Instant.parse("2026-11-23T07:00:00Z")),
                                        Optional.of(Instant.parse("2026-11-23T07:00:02Z")))),
                                "Completed",
                                "")),
                shape(
                        "killed with its runner for memory",
                        """
                        phase: Failed
                        containerStatuses:
                        - {name: program, image: i, imageID: "", ready: false, restartCount: 0, state: {terminated: {exitCode: 137, reason: OOMKilled}}}
                        """,
                        new Sight.Ended(POD, Optional.of(exit(137)), "OOMKilled", "")),
                shape(
                        "evicted for its own storage",
                        """
                        phase: Failed
                        reason: Evicted
                        message: 'Usage of EmptyDir volume "scratch" exceeds the limit "16Mi".'
                        """,
                        new Sight.Ended(
                                POD,
                                Optional.empty(),
                                "Evicted",
                                "Usage of EmptyDir volume \"scratch\" exceeds the limit \"16Mi\".")),
                shape(
                        "evicted, with exit code 0 all the same",
                        """
                        phase: Failed
                        reason: Evicted
                        message: "The node was low on resource: memory."
                        containerStatuses:
                        - {name: program, image: i, imageID: "", ready: false, restartCount: 0, state: {terminated: {exitCode: 0, reason: Completed}}}
                        """,
                        new Sight.Ended(POD, Optional.of(exit(0)), "Evicted", "The node was low on resource: memory.")),
                shape(
                        "its deadline passed",
                        """
                        phase: Failed
                        reason: DeadlineExceeded
                        message: Pod was active on the node longer than the specified deadline
                        """,
                        new Sight.Ended(
                                POD,
                                Optional.empty(),
                                "DeadlineExceeded",
                                "Pod was active on the node longer than the specified deadline")),
                shape(
                        "its node was shut down",
                        """
                        phase: Failed
                        reason: Terminated
                        message: Pod was terminated in response to imminent node shutdown.
                        """,
                        new Sight.Ended(
                                POD,
                                Optional.empty(),
                                "Terminated",
                                "Pod was terminated in response to imminent node shutdown.")),
                shape(
                        "the runtime could not start the runner",
                        """
                        phase: Failed
                        containerStatuses:
                        - {name: program, image: i, imageID: "", ready: false, restartCount: 0, state: {terminated: {exitCode: 128, reason: StartError, message: exec format error}}}
                        """,
                        new Sight.Ended(
                                POD,
                                Optional.of(
                                        new Sight.Exit(128, "exec format error", Optional.empty(), Optional.empty())),
                                "StartError",
                                "")),
                shape("another container's state is not ours", """
                        phase: Pending
                        containerStatuses:
                        - {name: injected, image: i, imageID: "", ready: true, restartCount: 0, state: {terminated: {exitCode: 0}}}
                        """, new Sight.Pending("")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pods")
    void translatesPod(String name, V1Pod pod, Sight expected) {
        assertThat(Sight.of(new Picture(Optional.of(job(JOB)), List.of(pod)), Optional.empty()))
                .isEqualTo(expected);
    }

    static Stream<Arguments> jobs() {
        return Stream.of(
                Arguments.of("without a pod yet", JOB, new Sight.Pending("")),
                Arguments.of("waiting for its queue", """
                        metadata: {name: run-1}
                        spec: {parallelism: 1, suspend: true}
                        status: {conditions: [{type: Suspended, status: "True", reason: JobSuspended}]}
                        """, new Sight.Suspended()),
                Arguments.of(
                        "stopped before it had a pod", """
                        metadata: {name: run-1}
                        spec: {parallelism: 0}
                        """, new Sight.Gone("the Job was stopped before it had a pod")),
                Arguments.of(
                        "failed, its pods deleted with it (kubernetes#78644)",
                        """
                        metadata: {name: run-1}
                        spec: {parallelism: 1}
                        status: {conditions: [{type: Failed, status: "True", reason: DeadlineExceeded, message: Job was active longer than specified deadline}]}
                        """,
                        new Sight.Gone(
                                "the Job ended without a pod: DeadlineExceeded: Job was active longer than specified deadline")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jobs")
    void translatesJobWithoutPod(String name, String job, Sight expected) {
        assertThat(Sight.of(new Picture(Optional.of(job(job)), List.of()), Optional.empty()))
                .isEqualTo(expected);
    }

    @Test
    void isGoneWhenNothingIsThere() {
        assertThat(Sight.of(new Picture(Optional.empty(), List.of()), Optional.empty()))
                .isEqualTo(new Sight.Gone("the Job was removed"));
    }

    @Test
    void isGoneWhenOnlyAnotherPodIsThere() {
        V1Pod second = pod(
                "uid-2",
                "phase: Running\ncontainerStatuses:\n- {name: program, image: i, imageID: '', ready: true,"
                        + " restartCount: 0, state: {running: {}}}");

        assertThat(Sight.of(new Picture(Optional.of(job(JOB)), List.of(second)), Optional.of("uid-1")))
                .isEqualTo(new Sight.Gone("the pod was removed"));
    }

    @Test
    void takesTheOldestOfTwoPods() {
        V1Pod younger = pod("uid-2", "phase: Running");
        younger.getMetadata()
                .setCreationTimestamp(Instant.parse("2026-11-23T07:00:01Z").atOffset(java.time.ZoneOffset.UTC));
        V1Pod older = pod("uid-1", "phase: Failed");
        older.getMetadata()
                .setCreationTimestamp(Instant.parse("2026-11-23T07:00:00Z").atOffset(java.time.ZoneOffset.UTC));

        assertThat(Sight.pod(List.of(younger, older), Optional.empty())).contains(older);
    }

    @Test
    void keepsSinceWhenRunningPodShouldBeGone() {
        V1Pod pod = pod("uid-1", """
                phase: Running
                containerStatuses:
                - {name: program, image: i, imageID: "", ready: true, restartCount: 0, state: {running: {}}}
                """);
        pod.getMetadata()
                .setDeletionTimestamp(Instant.parse("2026-11-23T07:00:00Z").atOffset(java.time.ZoneOffset.UTC));

        assertThat(Sight.of(new Picture(Optional.empty(), List.of(pod)), Optional.of("uid-1")))
                .isEqualTo(new Sight.Running(POD, Optional.of(Instant.parse("2026-11-23T07:00:00Z"))));
    }

    private static Arguments shape(String name, String status, Sight expected) {
        return Arguments.of(name, pod("uid-1", status), expected);
    }

    private static V1Pod pod(String uid, String status) {
        return Yaml.loadAs(
                "metadata: {name: run-1-abcde, uid: " + uid + "}\nstatus:\n" + status.indent(2), V1Pod.class);
    }

    private static V1Job job(String yaml) {
        return Yaml.loadAs(yaml, V1Job.class);
    }

    private static Sight.Exit exit(int code) {
        return new Sight.Exit(code, "", Optional.empty(), Optional.empty());
    }
}
