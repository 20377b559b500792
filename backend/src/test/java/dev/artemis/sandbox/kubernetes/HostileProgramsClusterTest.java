package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.HonestNeighbour;
import dev.artemis.sandbox.HostileProgram;
import dev.artemis.sandbox.HundredRuns;
import dev.artemis.sandbox.Isolation;
import dev.artemis.sandbox.Limits;
import dev.artemis.sandbox.Outcome;
import dev.artemis.sandbox.Recorder;
import dev.artemis.sandbox.Result;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.Sandbox;
import dev.artemis.sandbox.local.LocalSandbox;
import dev.artemis.sandbox.local.LocalSandboxHere;
import io.kubernetes.client.common.KubernetesObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same hostile programs as on this machine, as Jobs: the same results, part by part, and nothing is left. */
@OnCluster
class HostileProgramsClusterTest {

    /** What a program asks of the local sandbox alone. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "host-files.py",
                    "asks for the file tree of the local sandbox; a pod sees its image's (read-only-root.py asks here)",
            "interfaces.py", "asks for no interface at all; a pod has one, and network.py that it leads nowhere",
            "audit-id.py", "a pod's process may set its own audit login id once, which harms nobody");

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long MIB = 1L << 20;

    /** Of which a small cluster carries some at once. */
    private static final Limits SMALL =
            new Limits(200, 64 * MIB, Duration.ofSeconds(20), Duration.ofSeconds(60), 8 * MIB, 16 * MIB, 32, 64, MIB);

    private static final Recorder RECORDER = new Recorder();
    private static KubernetesSettings settings = SomeSettings.defaults();
    private static @Nullable KubernetesSandbox sandbox;
    private static @Nullable LocalSandbox machine;
    private static @Nullable ClusterClients clients;
    private static @Nullable ClusterCalls calls;
    private static boolean sizedVolumes;

    @BeforeAll
    static void open(@TempDir Path folder) throws IOException {
        settings = TestCluster.settings("artemis-runs-hostile", Map.of());
        clients = ClusterClients.of(settings.kubeconfig());
        calls = new ClusterCalls(clients, settings);
        sandbox = new KubernetesSandbox(
                settings, ClusterClients.of(settings.kubeconfig()), Clock.systemUTC(), PodSight::untried);
        sandbox.open(RECORDER);
        machine = LocalSandboxHere.made(reachable(folder));
        machine.open(RECORDER);
        sizedVolumes = sandbox.isolation().lacks().stream().noneMatch(lack -> lack.startsWith("disk:"));
    }

    private static Path reachable(Path folder) throws IOException {
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Runs are forgotten in the background, while the next ones run: what is left of any of them is seen at the end. */
    @AfterAll
    static void leavesNothing() throws InterruptedException {
        try {
            if (sandbox != null) {
                TestCluster.untilNoneOf(() -> left(Objects.requireNonNull(calls), Objects.requireNonNull(clients)));
            }
        } finally {
            Stream.of(sandbox, machine).filter(Objects::nonNull).forEach(Sandbox::close);
        }
    }

    private static List<String> left(ClusterCalls calls, ClusterClients clients) {
        return Stream.of(calls.jobs().getItems(), calls.pods().getItems(), TestCluster.inputs(clients, settings))
                .<KubernetesObject>flatMap(List::stream)
                .map(object -> object.getClass().getSimpleName() + " "
                        + object.getMetadata().getName())
                .toList();
    }

    static List<HostileProgram> programs() {
        return HostileProgram.all();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void isHeldAndEndsAsOnThisMachine(HostileProgram program) throws InterruptedException {
        String elsewhere = ELSEWHERE.get(program.name());
        assumeTrue(elsewhere == null, program.name() + " " + elsewhere);
        KubernetesSandbox cluster = Objects.requireNonNull(sandbox);
        RunRef run = Recorder.aRun();

        cluster.start(run, program.spec());

        Result result = RECORDER.of(run).awaitResult(PATIENCE);
        cluster.forget(run);
        // the runner looks after the disk, and kills, where the file system has no size of its own
        HostileProgram here = !sizedVolumes && program.name().equals("disk-full.py")
                ? program.endingInstead("KILLED DISK_LIMIT")
                : program;
        byte[] out = RECORDER.of(run).printed(Channel.STDOUT);
        byte[] err = RECORDER.of(run).printed(Channel.STDERR);
        here.seen(here.expected(), result, out, err);
        Set<Outcome.Part> mayDiffer = !sizedVolumes && program.name().equals("disk-full.py")
                ? EnumSet.allOf(Outcome.Part.class)
                : PermittedDifference.of(program.name()).parts();
        assertThat(Outcome.of(result, out, err).without(mayDiffer))
                .as("%s in a pod, and on this machine", program.name())
                .isEqualTo(onThisMachine(program).without(mayDiffer));
    }

    private static Outcome onThisMachine(HostileProgram program) {
        LocalSandbox local = Objects.requireNonNull(machine);
        assumeTrue(
                local.isolation().strength() != Isolation.Strength.NONE,
                () -> "held here, and compared with nothing: "
                        + local.isolation().lacks());
        RunRef run = LocalSandboxHere.aRun();
        local.start(run, program.spec());
        Result result = RECORDER.of(run).awaitResult(PATIENCE);
        local.forget(run);
        return Outcome.of(
                result,
                RECORDER.of(run).printed(Channel.STDOUT),
                RECORDER.of(run).printed(Channel.STDERR));
    }

    @Test
    void permitsDifferencesOnlyOfProgramsThatThereAre() {
        assertThat(programs().stream().map(HostileProgram::name)).containsAll(PermittedDifference.programs());
    }

    /** None that asks for both processors: it would wait for its room until the honest one has left. */
    @ParameterizedTest
    @ValueSource(strings = {"fork-bomb.sh", "memory-many.py", "spin.py"})
    void anHonestRunBesideItIsLeftAlone(String name) throws InterruptedException {
        new HonestNeighbour(Objects.requireNonNull(sandbox), RECORDER, SMALL)
                .isLeftAloneBy(HostileProgram.named(name), PATIENCE);
    }

    @Test
    void mixesNothingAmongAHundredRuns() throws InterruptedException {
        new HundredRuns(Objects.requireNonNull(sandbox), RECORDER, SMALL).mixNothing(8);
    }
}
