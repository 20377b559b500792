package dev.artemis.sandbox.kubernetes;

import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the cluster lets us work at all. Asked once it has refused a run: what is refused to that one alone, such as by a policy, is no
 * refusal of us. Where it is, asked again now and then until it is not.
 */
final class Standing {

    private static final Logger LOG = LoggerFactory.getLogger(Standing.class);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);

    private final ApiClient client;
    private final Permissions permissions;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable String refusal;
    private volatile long askedAt = System.nanoTime() - ASK_AGAIN.toNanos();

    Standing(ApiClient client, KubernetesSettings settings) {
        this.client = client;
        this.permissions = new Permissions(settings);
    }

    /** A run was refused: is it the run, or are we? */
    void refused(ClusterFault fault) {
        askUnlessAskedLately(fault.getMessage());
    }

    /** The cluster's words, for as long as it refuses us. */
    Optional<String> refusal() {
        String words = refusal;
        if (words != null) {
            askUnlessAskedLately(words);
        }
        return Optional.ofNullable(refusal);
    }

    private void askUnlessAskedLately(String words) {
        lock.lock();
        try {
            if (System.nanoTime() - askedAt >= ASK_AGAIN.toNanos()) {
                String before = refusal;
                refusal = asked(words);
                askedAt = System.nanoTime();
                if ((before == null) != (refusal == null)) {
                    LOG.warn("the cluster {} why={}", refusal == null ? "takes runs again" : "refuses us", words);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable String asked(String words) {
        try {
            List<Permissions.Needed> missing = permissions.missing(client);
            return missing.isEmpty() ? null : words;
        } catch (ClusterFault fault) {
            // that it does not even tell is a refusal too
            return fault.passing() ? words : fault.getMessage();
        } catch (RuntimeException e) {
            // the client's own trouble, such as a token's file that cannot be read
            LOG.warn("could not ask what is allowed: {}", e.toString());
            return words;
        }
    }
}
