package dev.artemis.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.configuration.Finding.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;

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

    @ParameterizedTest
    @CsvSource({
        "ARTEMIS_DATABASEURL, ARTEMIS_DATABASE_URL",
        "ARTEMIS_ADMINKEY, ARTEMIS_ADMIN_KEY",
        "ARTEMIS_DATA_BASE_URL, ARTEMIS_DATABASE_URL",
        "ARTEMIS_API_MAXBODY_, ARTEMIS_API_MAXBODY"
    })
    void whatIsPartedElsewhereIsAnotherVariable(String given, String meant) {
        assertThat(findings(Map.of(given, "x"), Map.of())).singleElement().satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(finding.detail()).contains("did you mean " + meant + "?");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "artemis.databaseurl, artemis.database.url",
        "artemis.database-url, artemis.database.url",
        "artemis.database.pool.size, artemis.database.pool-size"
    })
    void whatIsPartedElsewhereIsAnotherSetting(String given, String meant) {
        assertThat(findings(Map.of(), Map.of(given, "9"))).singleElement().satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(finding.detail()).contains("did you mean " + meant + "?");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "artemis.database.pool-size",
                "artemis.database.poolSize",
                "artemis.database.poolsize",
                "artemis.database.pool_size"
            })
    void asManyWaysToWriteASettingAreKnownAsAreRead(String given) {
        Map<String, Object> set = Map.of(given, "9");

        assertThat(Binder.get(Settings.of(set))
                        .bind("artemis.database.pool-size", Integer.class)
                        .get())
                .isEqualTo(9);
        assertThat(findings(Map.of(), set)).extracting(Finding::verdict).containsOnly(Verdict.PASS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ARTEMIS_DATABASE_POOLSIZE", "ARTEMIS_DATABASE_POOL_SIZE"})
    void asManyVariablesAreKnownAsAreRead(String given) {
        Map<String, Object> set = Map.of(given, "9");

        assertThat(Binder.get(Settings.of(set, Map.of()))
                        .bind("artemis.database.pool-size", Integer.class)
                        .get())
                .isEqualTo(9);
        assertThat(findings(set, Map.of())).extracting(Finding::verdict).containsOnly(Verdict.PASS);
    }

    @Test
    void warnsOfASlipInTheVeryFirstWord() {
        assertThat(findings(
                        Map.of("ARTMIS_PORT", "1", "ARTIMES_ADMIN_KEY", "x", "PORT", "2", "ARTIST_PORT", "3"),
                        Map.of()))
                .satisfiesExactlyInAnyOrder(
                        finding -> {
                            assertThat(finding.verdict()).isEqualTo(Verdict.WARN);
                            assertThat(finding.detail()).contains("ARTMIS_PORT").contains("mean ARTEMIS_PORT?");
                        },
                        finding -> {
                            assertThat(finding.verdict()).isEqualTo(Verdict.WARN);
                            assertThat(finding.detail()).contains("mean ARTEMIS_ADMIN_KEY?");
                        });
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
