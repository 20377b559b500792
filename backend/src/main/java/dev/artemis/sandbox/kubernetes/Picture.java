package dev.artemis.sandbox.kubernetes;

import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Pod;
import java.util.List;
import java.util.Optional;

/** What the cluster holds of one run: its Job, and every pod that the Job made. */
record Picture(Optional<V1Job> job, List<V1Pod> pods) {

    Picture {
        pods = List.copyOf(pods);
    }
}
