package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.ApiException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a cluster's words mean for what is done next; the words are those of Kubernetes. */
class ClusterFaultTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            403 | QUOTA     | jobs.batch "run-1" is forbidden: exceeded quota: artemis-runs, requested: a=1, used: a=4, limited: a=4
            403 | QUOTA     | jobs.batch "run-1" is forbidden: status unknown for quota: artemis-runs, resources: count/jobs.batch
            403 | FORBIDDEN | jobs.batch is forbidden: User "artemis" cannot create resource "jobs" in API group "batch"
            403 | FORBIDDEN | jobs.batch "run-1" is forbidden: unable to create new content in namespace a because it is being terminated
            401 | FORBIDDEN | Unauthorized
            400 | FORBIDDEN | admission webhook "policy.example.org" denied the request: no more than two CPUs
            403 | FORBIDDEN | admission webhook "quota.example.org" denied the request: exceeded quota: runs, requested: a=1, used: a=4, limited: a=4
            422 | FORBIDDEN | ValidatingAdmissionPolicy 'cpu' with binding 'all' denied request: no more than two CPUs
            422 | INVALID   | Job.batch "run-1" is invalid: spec.template.spec.containers[0].image: Required value
            409 | CONFLICT  | jobs.batch "run-1" already exists
            409 | BUSY      | Operation cannot be fulfilled on resourcequotas "artemis-runs": the object has been modified; please apply your changes to the latest version and try again
            500 | BUSY      | Internal error occurred: failed calling webhook "policy.example.org"
            """)
    void tellsByItsWordsWhatTheClusterMeant(int status, ClusterFault.Kind kind, String said) {
        String body = "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"message\": \"%s\"}"
                .formatted(said.replace("\"", "\\\""));

        ClusterFault fault = ClusterFault.of("create Job run-1", new ApiException(status, Map.of(), body));

        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault).hasMessageContaining(said);
    }
}
