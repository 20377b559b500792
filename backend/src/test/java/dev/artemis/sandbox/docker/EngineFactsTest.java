package dev.artemis.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Each thing that an engine says that it cannot do is one line of what is lacking. */
class EngineFactsTest {

    private static final String ALL = """
            {"ServerVersion": "27.1", "NCPU": 2, "MemoryLimit": true, "SwapLimit": true, "CpuCfsQuota": true, "PidsLimit": true,
             "SecurityOptions": ["name=seccomp,profile=builtin", "name=userns"]}""";

    @Test
    void anEngineThatCanDoAllLacksNothing() {
        EngineFacts facts = of(ALL);

        assertThat(facts.lacks("runsc")).isEmpty();
        assertThat(facts.holds("runsc").toString())
                .contains("memory of all processes", "processes and threads", "CPU at one time", "runtime runsc");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "MemoryLimit": true           | "MemoryLimit": false      | memory: the engine cannot limit it
            "SwapLimit": true             | "SwapLimit": false        | swap: the engine does not count it
            "CpuCfsQuota": true           | "CpuCfsQuota": false      | CPU at one time: the engine cannot limit it
            "PidsLimit": true             | "PidsLimit": false        | processes: the engine cannot count them
            name=seccomp,profile=builtin  | name=apparmor             | the engine's own system call filter is off
            name=userns                   | name=cgroupns             | user namespace: off
            """)
    void whatItCannotDoIsOneLine(String can, String cannot, String lack) {
        assertThat(ALL).contains(can);

        EngineFacts facts = of(ALL.replace(can, cannot));

        assertThat(facts.lacks("runsc")).singleElement().asString().startsWith(lack);
    }

    @Test
    void withoutARuntimeOfItsOwnItSharesTheKernel() {
        assertThat(of(ALL).lacks("")).singleElement().asString().startsWith("kernel: shared with the machine");
    }

    @Test
    void anEngineThatSaysNothingCanDoNothing() {
        assertThat(of("{}").lacks("")).hasSize(6);
        assertThat(of("{}").holds("").toString()).doesNotContain("cgroup)");
    }

    private static EngineFacts of(String json) {
        return EngineFacts.of(JsonMapper.builder().build().readTree(json));
    }
}
