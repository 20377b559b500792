package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.projects.LimitName;
import dev.artemis.projects.Project;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AllowedLimitsTest {

    @Test
    void aProjectsMaximumAndDefaultComeBeforeThePlatforms() {
        var limits = new ResolveLimits(
                        project(Map.of("memory_mb", new BigDecimal(256)), Map.of("memory_mb", new BigDecimal(1024))))
                .allowed();

        assertThat(limits).hasSize(LimitName.values().length);
        assertThat(limits).contains(limit("memory_mb", "16", "256", "1024"), limit("cpu", "0.01", "1", "16"));
    }

    @Test
    void aDefaultAboveTheMaximumIsCutToIt() {
        var limits = new ResolveLimits(project(Map.of(), Map.of("timeout_seconds", new BigDecimal(30)))).allowed();

        assertThat(limits).contains(limit("timeout_seconds", "0.01", "30", "30"));
    }

    @Test
    void aPartOfACoreIsALimitToo() {
        var limits = new ResolveLimits(
                        project(Map.of("cpu", new BigDecimal("0.25")), Map.of("cpu", new BigDecimal("0.5"))))
                .allowed();

        assertThat(limits).contains(limit("cpu", "0.01", "0.25", "0.5"));
    }

    private static AllowedLimit limit(String name, String least, String usual, String most) {
        return new AllowedLimit(name, new BigDecimal(least), new BigDecimal(usual), new BigDecimal(most));
    }

    private static Project project(Map<String, BigDecimal> usual, Map<String, BigDecimal> most) {
        return new Project(
                ProjectId.random(),
                TenantId.random(),
                new Slug("shop"),
                "Shop",
                false,
                Project.ScanPolicy.DEFAULT,
                usual,
                most,
                null,
                Instant.EPOCH);
    }
}
