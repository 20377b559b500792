package dev.artemis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.artemis.shared.Language;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxSpecTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/etc/passwd", "../x", "a/../b", "a//b", "a/", "./a", "a\0b", "a\nb", ".", ".tmp", ".tmp/a"})
    void refusesPathsThatLeaveTheWorkFolder(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SandboxFile(path, new byte[0]))
                .withMessageContaining("path");
    }

    @Test
    void takesPathsBelowTheWorkFolder() {
        assertThat(new SandboxFile("data/größe.csv", new byte[0]).path()).isEqualTo("data/größe.csv");
        assertThat(new SandboxFile("a/.tmp", new byte[0]).path()).isEqualTo("a/.tmp");
        assertThat(new SandboxFile(".tmpfile", new byte[0]).path()).isEqualTo(".tmpfile");
        assertThat(new SandboxFile("..a", new byte[0]).path()).isEqualTo("..a");
    }

    @Test
    void refusesFilesThatStandInEachOthersWay() {
        assertRefused(List.of(file("a"), file("a")));
        assertRefused(List.of(file("main.py")));
        assertRefused(List.of(file("a"), file("a/b")));
        assertRefused(List.of(file("main.py/b")));
        assertRefused(Collections.nCopies(SandboxSpec.MAX_FILES + 1, file("a")));
    }

    @Test
    void refusesTooMuchInput() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SandboxSpec.of(Language.PYTHON, "x".repeat(SandboxSpec.MAX_CODE_BYTES + 1)))
                .withMessageContaining("code");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SandboxSpec.of(Language.PYTHON, "a\0b"))
                .withMessageContaining("code");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SandboxSpec(
                        Language.PYTHON,
                        "",
                        List.of(),
                        new byte[SandboxSpec.MAX_INPUT_BYTES + 1],
                        Map.of(),
                        Limits.DEFAULTS))
                .withMessageContaining("stdin");
    }

    @Test
    void refusesFilesThatTheLimitsLeaveNoRoomFor() {
        Limits small = SomeLimits.usual().diskBytes(1 << 20).limits();
        String deep = "d/".repeat(14);
        List<SandboxFile> folders = IntStream.range(0, 100)
                .mapToObj(i -> file("f" + i + "/" + deep + "a"))
                .toList();

        assertRefused(List.of(new SandboxFile("a", new byte[(1 << 20) + 1])), small);
        assertRefused(folders, small);
        assertThat(new SandboxSpec(
                                Language.PYTHON,
                                "pass",
                                List.of(new SandboxFile("a", new byte[(1 << 20) - 4_096])),
                                new byte[0],
                                Map.of(),
                                small)
                        .files())
                .hasSize(1);
        assertThat(new SandboxSpec(Language.PYTHON, "", folders, new byte[0], Map.of(), Limits.DEFAULTS).files())
                .hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1A", "A=B", "A B", "ARTEMIS_NONCE", "a-b"})
    void refusesEnvironmentNames(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SandboxSpec(
                        Language.PYTHON, "", List.of(), new byte[0], Map.of(name, "x"), Limits.DEFAULTS))
                .withMessageContaining("env");
    }

    @Test
    void refusesLimitsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SomeLimits.usual().cpuMillicores(0).limits())
                .withMessageContaining("cpu");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SomeLimits.usual().memoryBytes(-1).limits())
                .withMessageContaining("memory");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SomeLimits.usual().wallTimeout(Duration.ZERO).limits())
                .withMessageContaining("wall timeout");
    }

    @Test
    void defaultsAreThoseOfTheProduct() {
        assertThat(Limits.DEFAULTS.cpuTime()).hasSeconds(300);
        assertThat(Limits.DEFAULTS.wallTimeout()).hasSeconds(600);
        assertThat(Limits.DEFAULTS.memoryBytes()).isEqualTo(512L << 20);
        assertThat(Limits.DEFAULTS.outputBytes()).isEqualTo(1L << 20);
    }

    private static SandboxFile file(String path) {
        return new SandboxFile(path, new byte[0]);
    }

    private static void assertRefused(List<SandboxFile> files) {
        assertRefused(files, Limits.DEFAULTS);
    }

    private static void assertRefused(List<SandboxFile> files, Limits limits) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SandboxSpec(Language.PYTHON, "", files, new byte[0], Map.of(), limits))
                .withMessageContaining("files");
    }
}
