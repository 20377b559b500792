package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.ApiException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FullQuotaTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            requested: count/jobs.batch=1, used: count/jobs.batch=4, limited: count/jobs.batch=4                | true
            requested: limits.cpu=500m, used: limits.cpu=3800m, limited: limits.cpu=4                           | true
            requested: limits.memory=600Mi, used: limits.memory=0, limited: limits.memory=512Mi                 | false
            requested: a=1,limits.cpu=2, used: a=4,limits.cpu=0, limited: a=4,limits.cpu=1                      | false
            requested: count/jobs.batch=1, used: count/jobs.batch=0, limited: count/jobs.batch=0                | false
            """)
    void tellsWhatHasNoRoomNowFromWhatNeverHas(String amounts, boolean empties) {
        String said = "jobs.batch run-1 is forbidden: exceeded quota: artemis-runs, " + amounts;
        ClusterFault fault = ClusterFault.of(
                "try a Job", new ApiException(403, "Forbidden", null, "{\"message\": \"" + said + "\"}"));

        assertThat(FullQuota.of(fault))
                .hasValueSatisfying(full -> assertThat(full.empties()).isEqualTo(empties));
    }

    @ParameterizedTest
    @CsvSource({"403,not for you", "500,exceeded quota: but broken"})
    void isNoneForAnyOtherRefusal(int status, String said) {
        assertThat(FullQuota.of(ClusterFault.of("try a Job", new ApiException(status, said, null, said))))
                .isEmpty();
    }
}
