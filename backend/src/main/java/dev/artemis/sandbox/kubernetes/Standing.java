package dev.artemis.sandbox.kubernetes;

import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the cluster lets us work at all. Asked once it has refused a run: what is refused to that one alone, such as by a policy, is no
 * refusal of us. Where it is, asked again now and then until it is not. What is turned away although we have every right is counted: where
 * nothing is taken any more, a policy or a webhook may be against all that we send.
 */
final class Standing {

    private static final Logger LOG = LoggerFactory.getLogger(Standing.class);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);

    /** So many in a row are no accident. */
    private static final int IN_A_ROW = 3;

    private final ApiClient client;
    private final Permissions permissions;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger turnedAway = new AtomicInteger();
    private volatile String lastWords = "";
    private volatile @Nullable String refusal;
    private volatile long askedAt = System.nanoTime() - ASK_AGAIN.toNanos();

    Standing(ApiClient client, KubernetesSettings settings) {
        this.client = client;
        this.permissions = new Permissions(settings);
    }

    /** A run was refused: is it the run, or are we? */
    void refused(String words) {
        lastWords = words;
        if (turnedAway.incrementAndGet() == IN_A_ROW) {
            LOG.warn("no Job is taken any more, the last {} were turned away why={}", IN_A_ROW, words);
        }
        askUnlessAskedLately(words);
    }

    /** A Job was taken. */
    void took() {
        if (turnedAway.getAndSet(0) >= IN_A_ROW) {
            LOG.info("Jobs are taken again");
        }
    }

    /** In words, where one Job after the other was turned away and none was taken since. */
    Optional<String> againstUs() {
        int inARow = turnedAway.get();
        return inARow < IN_A_ROW
                ? Optional.empty()
                : Optional.of(
                        "the cluster turned away the last %d Jobs and took none since, though we have every right: %s"
                                .formatted(inARow, lastWords));
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
                if (refusal != null) {
                    // for want of a right, not by a policy
                    turnedAway.set(0);
                }
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
