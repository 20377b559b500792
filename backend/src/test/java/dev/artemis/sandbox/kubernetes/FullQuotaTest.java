package dev.artemis.sandbox.kubernetes;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FullQuotaTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            requested: count/jobs.batch=1, used: count/jobs.batch=4, limited: count/jobs.batch=4 | ''
            requested: limits.cpu=500m, used: limits.cpu=3800m, limited: limits.cpu=4            | ''
            requested: limits.memory=600Mi, used: limits.memory=0, limited: limits.memory=512Mi  | limits.memory
            requested: a=1,limits.cpu=2, used: a=4,limits.cpu=0, limited: a=4,limits.cpu=1       | limits.cpu
            requested: count/jobs.batch=1, used: count/jobs.batch=0, limited: count/jobs.batch=0 | count/jobs.batch
            """)
    void tellsWhatHasNoRoomNowFromWhatNeverHas(String amounts, String tooSmallIn) {
        String said = "jobs.batch \"run-1\" is forbidden: exceeded quota: artemis-runs, " + amounts;

        assertThat(FullQuota.in(said)).hasValueSatisfying(full -> {
            assertThat(full.name()).isEqualTo("artemis-runs");
            assertThat(full.shortages().stream()
                            .map(FullQuota.Shortage::resource)
                            .collect(joining(",")))
                    .isEqualTo(tooSmallIn);
        });
    }

    @Test
    void isNoneWhereAnythingElseIsSaid() {
        assertThat(FullQuota.in("exceeded quota: but broken")).isEmpty();
        assertThat(FullQuota.in("not for you")).isEmpty();
    }
}
