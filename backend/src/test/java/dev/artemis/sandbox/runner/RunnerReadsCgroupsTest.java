package dev.artemis.sandbox.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the runner makes of what a cgroup tells. The kernel's files of version 2 are plain ones here, where /sys/fs/cgroup is in a pod; the program
 * writes into them what the kernel would.
 */
class RunnerReadsCgroupsTest {

    private static final String BEFORE = "low 0\nhigh 0\nmax 9\noom 2\noom_kill 2\noom_group_kill 0\n";

    @TempDir
    private Path folder = Path.of("");

    private Path cgroup = Path.of("");

    @BeforeEach
    void cgroup() throws IOException {
        assumeTrue(SandboxedRunner.isPossible(), "bubblewrap is missing");
        cgroup = Files.createDirectory(folder.resolve("cgroup"));
    }

    /**
     * Only a kill counts, and only one of this run; a program that goes on after its child was killed is not killed itself (kubernetes#117793),
     * however it then ends itself. For the runner a signal from outside its sandbox is as the kernel's.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            killed itself by the kernel            | max 12\\noom 3\\noom_kill 3\\noom_group_kill 0 | the kernel | ending=killed    | reason=OUT_OF_MEMORY | oom_kills=1
            a child was, and it failed of that     | max 12\\noom 3\\noom_kill 4\\noom_group_kill 0 | exit 3     | ending=exited    | reason=-             | oom_kills=2
            a shell's last command was             | max 12\\noom 3\\noom_kill 3\\noom_group_kill 0 | exit 137   | ending=exited    | reason=-             | oom_kills=1
            the same code without a kill           | max 99\\noom 9\\noom_kill 2\\noom_group_kill 0 | exit 137   | ending=exited    | reason=-             | oom_kills=0
            a child was, and it went on            | max 12\\noom 3\\noom_kill 3\\noom_group_kill 0 | exit 0     | ending=exited    | reason=-             | oom_kills=1
            refused at the limit, and not killed   | max 99\\noom 9\\noom_kill 2\\noom_group_kill 0 | the kernel | ending=signalled | reason=-             | oom_kills=0
            the kill of a group is no other kill   | max 12\\noom 3\\noom_kill 2\\noom_group_kill 7 | exit 3     | ending=exited    | reason=-             | oom_kills=0
            the keys in another order              | oom_group_kill 5\\noom_kill 3\\noom 3\\nmax 12 | the kernel | ending=killed    | reason=OUT_OF_MEMORY | oom_kills=1
            a child was, and it ended itself so    | max 12\\noom 3\\noom_kill 3\\noom_group_kill 0 | kill -9 $$ | ending=signalled | reason=-             | oom_kills=1
            another signal than that of the kernel | max 12\\noom 3\\noom_kill 3\\noom_group_kill 0 | kill -11 $$ | ending=signalled | reason=-            | oom_kills=1
            """)
    void tellsWhetherTheKernelKilled(String shape, String after, String end, String ending, String reason, String kills)
            throws Exception {
        Files.writeString(cgroup.resolve("memory.events"), BEFORE);

        String events = "printf 'low 0\\nhigh 0\\n%s\\n' >/sys/fs/cgroup/memory.events; ".formatted(after);
        String said = end.equals("the kernel") ? runUntilKilled(events) : run(events + end);

        assertThat(said).contains(ending, reason, kills);
    }

    /** {@code timeout} makes a timer, which reaches nobody but itself. */
    @Test
    void whatAChildSetsItselfHidesNoKill() throws Exception {
        Files.writeString(cgroup.resolve("memory.events"), BEFORE);

        String said = runUntilKilled(
                "timeout 60 true; (ulimit -t 60; true); printf 'oom_kill 3\\n' >/sys/fs/cgroup/memory.events; ");

        assertThat(said).contains("ending=killed", "reason=OUT_OF_MEMORY", "oom_kills=1");
    }

    @Test
    void readsVersionOneToo() throws Exception {
        Path memory = Files.createDirectory(cgroup.resolve("memory"));
        Files.writeString(memory.resolve("memory.oom_control"), "oom_kill_disable 0\nunder_oom 0\noom_kill 0\n");

        String said = runUntilKilled("printf 'oom_kill_disable 0\\nunder_oom 1\\noom_kill 1\\n' "
                + ">/sys/fs/cgroup/memory/memory.oom_control; ");

        assertThat(said).contains("ending=killed", "reason=OUT_OF_MEMORY", "oom_kills=1");
    }

    @Test
    void tellsWhatTheCgroupMeasured() throws Exception {
        Files.writeString(cgroup.resolve("memory.events"), BEFORE);
        Files.writeString(cgroup.resolve("memory.peak"), "33554432\n");
        Files.writeString(cgroup.resolve("cpu.stat"), "usage_usec 1000000\nuser_usec 900000\nsystem_usec 100000\n");

        String said =
                run("printf 'usage_usec 1250000\\nuser_usec 1\\nsystem_usec 1\\n' >/sys/fs/cgroup/cpu.stat; exit 0");

        assertThat(said)
                .contains("cpu_by=cgroup", "memory_by=cgroup", "memory_bytes=33554432", "cpu_us=250000", "oom_kills=0");
    }

    @Test
    void countsForItselfWhereThereIsNoCgroup() throws Exception {
        String said = run("kill -9 $$");

        assertThat(said).contains("ending=signalled", "oom_kills=0", "cpu_by=proc", "memory_by=proc");
    }

    private String run(String code) throws Exception {
        return said(SandboxedRunner.in(folder).run(SandboxedRunner.job(code), sandbox(), "--cgroup", "auto"));
    }

    private String runUntilKilled(String code) throws Exception {
        return said(SandboxedRunner.in(folder)
                .runUntilKilled(
                        SandboxedRunner.job(code + "echo there; exec sleep 60"), sandbox(), "--cgroup", "auto"));
    }

    private String[] sandbox() {
        return new String[] {"--bind", cgroup.toString(), "/sys/fs/cgroup"};
    }

    private static String said(SandboxedRunner.Answer answer) {
        assertThat(answer.code()).as(answer.said()).isZero();
        return answer.said();
    }
}
