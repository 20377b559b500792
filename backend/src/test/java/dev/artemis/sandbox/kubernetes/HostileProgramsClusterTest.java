package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.HostileProgram;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.Result;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same hostile programs as on this machine, as Jobs: the same honest results. */
@OnCluster
class HostileProgramsClusterTest {

    /** What a program asks of the local sandbox alone. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "host-files.py",
                    "asks for the file tree of the local sandbox; a pod sees its image's (read-only-root.py asks here)",
            "interfaces.py", "asks for no interface at all; a pod has one, and network.py that it leads nowhere",
            "audit-id.py", "a pod's process may set its own audit login id once, which harms nobody");

    private static final Recorder RECORDER = new Recorder();
    private static @Nullable KubernetesSandbox sandbox;
    private static boolean sizedVolumes;

    @BeforeAll
    static void open() {
        KubernetesSettings settings = TestCluster.settings("artemis-runs-hostile", Map.of());
        sandbox = new KubernetesSandbox(settings, ClusterClients.of(settings.kubeconfig()), Clock.systemUTC());
        sandbox.open(RECORDER);
        sizedVolumes = sandbox.isolation().lacks().stream().noneMatch(lack -> lack.startsWith("disk:"));
    }

    @AfterAll
    static void close() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    static List<HostileProgram> programs() {
        return HostileProgram.all();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void isHeld(HostileProgram program) throws InterruptedException {
        String elsewhere = ELSEWHERE.get(program.name());
        assumeTrue(elsewhere == null, program.name() + " " + elsewhere);
        RunRef run = aRun();

        Observation last = end(run, program.spec());

        String told = last + "\n" + tail(RECORDER.text(run, Channel.STDOUT)) + "\n"
                + tail(RECORDER.text(run, Channel.STDERR));
        assertThat(last).as(told).isInstanceOf(Observation.Finished.class);
        Result result = ((Observation.Finished) last).result();
        Set<String> expected = new HashSet<>(program.expected());
        if (!sizedVolumes && program.name().equals("disk-full.py")) {
            // the runner looks after the disk, and kills, where the file system has no size of its own
            expected.add("KILLED DISK_LIMIT");
            expected.remove("EXITED 0");
        }
        assertThat(expected).as(told).contains(HostileProgram.ending(result));
        if (result.ending() instanceof Ending.Exited) {
            assertThat(RECORDER.text(run, Channel.STDOUT))
                    .as(told)
                    .contains(program.says().orElse(""));
        }
        assertThat(result.usage().executionTime()).as(told).isLessThan(program.within());
        assertThat(result.stdout().keptBytes()).isEqualTo(RECORDER.bytes(run, Channel.STDOUT).length);
    }

    private static Observation end(RunRef run, SandboxSpec spec) throws InterruptedException {
        KubernetesSandbox opened = Objects.requireNonNull(sandbox);
        opened.start(run, spec);
        Observation last = RECORDER.awaitEnd(run);
        opened.forget(run);
        return last;
    }

    private static RunRef aRun() {
        return new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1);
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 500));
    }
}
