package dev.artemis.sandbox.kubernetes;

import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes inputs whose Job was never created, since a server died between the two. Each must be seen so in two sweeps. */
final class InputSweep implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(InputSweep.class);
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final ClusterCalls calls;
    private final ClusterWatch watch;
    private Set<String> suspects = Set.of();

    InputSweep(ClusterCalls calls, ClusterWatch watch) {
        this.calls = calls;
        this.watch = watch;
    }

    @Override
    public void run() {
        try {
            watch.awaitFirst();
            while (!watch.closed()) {
                try {
                    sweep();
                } catch (ClusterFault fault) {
                    LOG.info("inputs not swept why={}", fault.getMessage());
                }
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One sweep: deletes what the last one suspected too. */
    void sweep() {
        Set<String> now = new HashSet<>();
        List<V1Secret> inputs = calls.inputs();
        for (V1Secret input : inputs) {
            V1ObjectMeta metadata = input.getMetadata();
            String name = Objects.requireNonNullElse(metadata.getName(), "");
            boolean owned = metadata.getOwnerReferences() != null
                    && !metadata.getOwnerReferences().isEmpty();
            String run = name.substring(0, Math.max(0, name.lastIndexOf('-')));
            if (!owned && watch.picture(run).job().isEmpty()) {
                if (suspects.contains(metadata.getUid())) {
                    calls.deleteInput(input);
                    LOG.info("orphaned input deleted name={}", name);
                } else {
                    now.add(Objects.requireNonNullElse(metadata.getUid(), ""));
                }
            }
        }
        suspects = now;
    }
}
