package dev.artemis.sandbox.runner;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The system call filter alone: programs have every capability here, so nothing else refuses. The same program without the runner shows that
 * of each call.
 */
class ForbiddenCallsTest {

    /** That capability's bit, which most of these calls ask for. */
    private static final int SYS_ADMIN = 21;

    /** Calls that the runner says there are not, so that libraries take another. */
    private static final Map<String, String> ANSWERS = Map.of(
            "clone3", "ENOSYS",
            "io_uring_setup", "ENOSYS",
            "io_uring_enter", "ENOSYS",
            "io_uring_register", "ENOSYS",
            "socket:VSOCK", "EAFNOSUPPORT",
            "socket:NETLINK", "EAFNOSUPPORT");

    private static final int CALLS = 40;

    /** Whether this system refuses it to whoever has capabilities in a namespace alone; older kernels do so before anything else. */
    private static final Path BPF_FOR_NOBODY = Path.of("/proc/sys/kernel/unprivileged_bpf_disabled");

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void look() {
        assumeTrue(SandboxedRunner.isPossible(), "bubblewrap is missing");
    }

    @Test
    void areRefusedToAProgramWithAllCapabilities() throws Exception {
        Map<String, String> answers = answers("held", true);

        assertThat(answers)
                .hasSize(CALLS)
                .allSatisfy((call, answer) -> assertThat(answer).isEqualTo(ANSWERS.getOrDefault(call, "EPERM")));
    }

    @Test
    void areNotRefusedSoWithoutTheRunner() throws Exception {
        Map<String, String> answers = answers("plain", false);

        assertThat(answers).hasSize(CALLS);
        if (!Files.readString(BPF_FOR_NOBODY).strip().equals("0")) {
            answers.remove("bpf");
        }
        assertThat(answers)
                .allSatisfy((call, answer) -> assertThat(answer).isNotEqualTo(ANSWERS.getOrDefault(call, "EPERM")));
    }

    private Map<String, String> answers(String name, boolean byRunner) throws Exception {
        Path answers = Files.createFile(folder.resolve(name));
        String[] sandbox = {
            "--uid",
            "0",
            "--gid",
            "0",
            "--cap-add",
            "ALL",
            "--bind",
            answers.toString(),
            "/dev/answers",
            "--ro-bind",
            program().toString(),
            "/dev/forbidden.py"
        };
        var runner = SandboxedRunner.in(folder);
        SandboxedRunner.Answer end = byRunner
                ? runner.run(SandboxedRunner.job("exec python3 /dev/forbidden.py /dev/answers"), sandbox)
                : SandboxedRunner.ended(
                        runner.startPlainly(sandbox, "/usr/bin/python3", "/dev/forbidden.py", "/dev/answers"));
        assertThat(end.code()).as(end.said()).isZero();
        Map<String, String> said = Files.readAllLines(answers).stream()
                .map(line -> line.split(" ", 2))
                .collect(toMap(words -> words[0], words -> words[1], (one, _) -> one, LinkedHashMap::new));
        long capabilities = Long.parseUnsignedLong(Objects.requireNonNull(said.remove("CapEff")), 16);
        assertThat(capabilities >> SYS_ADMIN & 1).as("it may do all of that").isOne();
        return said;
    }

    private static Path program() throws IOException, URISyntaxException {
        return Path.of(Objects.requireNonNull(ForbiddenCallsTest.class.getResource("/calls/forbidden.py"))
                .toURI());
    }
}
