package dev.artemis.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Version 2 against plain files: this project's test machine has it mounted without controllers. */
class CgroupsV2Test {

    @TempDir
    private Path own = Path.of("");

    @Test
    void movesTheServerToALeafAndHoldsRunsBesideIt() throws IOException {
        delegated(Long.toString(ProcessHandle.current().pid()) + "\n");

        CgroupsV2 cgroups = CgroupsV2.in(mounts()).orElseThrow();
        Held held = cgroups.hold("run-1", Limits.DEFAULTS, 1_000);

        String pid = Long.toString(ProcessHandle.current().pid());
        String[] servers = own.toFile()
                .list((parent, name) -> name.startsWith(ServerProcess.current().folderName()));
        assertThat(servers).hasSize(1);
        String folder = own.resolve(servers[0]).resolve("run-1").toString();
        assertThat(own.resolve("artemis-server/cgroup.procs")).hasContent(pid);
        assertThat(own.resolve("cgroup.subtree_control")).hasContent("+memory +pids +cpu");
        assertThat(held.launcher())
                .containsSequence("--mkdir", folder)
                .containsSequence("--write", folder + "/memory.max=" + ((512L << 20) + 1_000))
                .containsSequence("--write", folder + "/pids.max=66")
                .containsSequence("--write", folder + "/cpu.max=100000 100000")
                .containsSequence("--join", folder + "/cgroup.procs")
                .containsSequence("--open", "10=" + folder + "/memory.events");
        assertThat(held.runner()).containsSequence("--cgroup-fd", "oom=10").containsSequence("--cgroup-fd", "cpu=13");
        assertThat(cgroups.holdMemory()).isTrue();
    }

    @Test
    void leavesAloneWhatIsNotDelegated() throws IOException {
        delegated("1\n");
        assertThat(CgroupsV2.in(mounts())).isEmpty();

        Files.delete(own.resolve("cgroup.type"));
        assertThat(CgroupsV2.in(mounts())).isEmpty();
    }

    @Test
    void leavesAloneWhatHasNoControllers() throws IOException {
        delegated("");
        Files.writeString(own.resolve("cgroup.controllers"), "\n");

        assertThat(CgroupsV2.in(mounts())).isEqualTo(Optional.empty());
    }

    private CgroupMounts mounts() {
        return new CgroupMounts(Map.of("", own));
    }

    private void delegated(String members) throws IOException {
        Files.writeString(own.resolve("cgroup.type"), "domain\n");
        Files.writeString(own.resolve("cgroup.controllers"), "cpuset cpu io memory pids\n");
        Files.writeString(own.resolve("cgroup.procs"), members);
        Files.writeString(own.resolve("cgroup.subtree_control"), "");
    }
}
