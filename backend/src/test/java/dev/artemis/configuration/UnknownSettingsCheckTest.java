package dev.artemis.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.configuration.Finding.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnknownSettingsCheckTest {

    @Test
    void knowsWhatTheFileNames() {
        assertThat(findings(
                        Map.of(
                                "ARTEMIS_PORT",
                                "1",
                                "ARTEMIS_DATABASE_POOLSIZE",
                                "9",
                                "ARTEMIS_JAVA_OPTIONS",
                                "",
                                "PATH",
                                "/"),
                        Map.of("artemis.database.pool-size", "9", "artemis.roles", "api", "server.port", "1")))
                .singleElement()
                .extracting(Finding::verdict)
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void asksWhetherAMistypedSettingWasMeant() {
        assertThat(findings(Map.of(), Map.of("artemis.database.pol-size", "9")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
                    assertThat(finding.detail()).contains("did you mean artemis.database.pool-size?");
                });
    }

    @Test
    void asksWhetherAMistypedVariableWasMeant() {
        assertThat(findings(Map.of("ARTEMIS_ADMIN_EMIAL", "ann@example.org"), Map.of()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
                    assertThat(finding.detail()).contains("did you mean ARTEMIS_ADMIN_EMAIL?");
                });
    }

    @Test
    void failsForASettingThatIsNoneAtAll() {
        assertThat(findings(Map.of(), Map.of("artemis.xyzzy", "1")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
                    assertThat(finding.detail()).isEqualTo("artemis.xyzzy is not a setting");
                });
    }

    @Test
    void warnsOfAVariableThatMayBeAnothersProgram() {
        assertThat(findings(Map.of("ARTEMIS_ROCKET_STAGES", "3"), Map.of()))
                .singleElement()
                .extracting(Finding::verdict)
                .isEqualTo(Verdict.WARN);
    }

    private static List<Finding> findings(Map<String, Object> variables, Map<String, Object> commandLine) {
        return new UnknownSettingsCheck(Settings.of(variables, commandLine)).findings();
    }
}
