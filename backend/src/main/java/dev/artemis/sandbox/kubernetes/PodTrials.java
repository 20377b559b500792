package dev.artemis.sandbox.kubernetes;

import dev.artemis.configuration.Finding;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the last trial of pods found: tried at the start, some times a day, and soon again while it cannot be or its outcome lets no run start. In the namespace of all
 * runs; where each team has its own, in one of no team, made and held as theirs are.
 */
final class PodTrials implements Supplier<PodSight>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PodTrials.class);
    private static final Duration AGAIN = Duration.ofHours(6);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    /** To take away what it made. */
    private static final Duration LEAVING = Duration.ofSeconds(5);

    /** For a pod's image too. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KubernetesSettings settings;
    private final ClusterClients clients;
    private final RunnerConfigMap runner = RunnerConfigMap.built();
    private final ClusterProbe probe;
    private final RunNamespaces namespaces;
    private final Thread thread = Thread.ofVirtual().name("pod-trials").unstarted(this::keepTrying);
    private volatile PodSight last = PodSight.untried();
    private String said = "";

    PodTrials(KubernetesSettings settings, ClusterClients clients) {
        this.settings = settings;
        this.clients = clients;
        this.probe = new ClusterProbe(clients.calls(), settings, this);
        this.namespaces = new RunNamespaces(clients.calls(), settings, runner);
    }

    void open() {
        thread.start();
    }

    @Override
    public PodSight get() {
        return last;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(LEAVING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepTrying() {
        Duration pause = FIRST_PAUSE;
        try {
            while (true) {
                PodSight found = tried();
                boolean enough = found.network() instanceof NetworkSight.Closed
                        || (found.network().isKnown() && !settings.requireNetworkPolicy());
                last = found.orElse(last);
                say(found.network());
                Thread.sleep(enough ? AGAIN : pause);
                pause = enough ? FIRST_PAUSE : longer(pause);
            }
        } catch (InterruptedException e) {
            // closed
            Thread.currentThread().interrupt();
        }
    }

    /** Once for each thing that is found or that keeps it from being tried, however often it is tried again. */
    void say(NetworkSight sight) {
        Finding finding = NetworkCheck.finding(settings, sight);
        if (finding.detail().equals(said)) {
            return;
        }
        said = finding.detail();
        if (finding.verdict() == Finding.Verdict.PASS) {
            LOG.info("network of runs: {}", said);
        } else {
            LOG.warn("network of runs: {}. {}", said, finding.remedy());
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private PodSight tried() throws InterruptedException {
        try {
            Optional<Cluster> cluster = probe.cluster(runner);
            if (cluster.isEmpty()) {
                return unknown("the cluster does not answer");
            }
            namespaces.ensure(KubernetesSettings.NOBODY);
            boolean asks = settings.userNamespaces() != KubernetesSettings.UserNamespaces.FALSE;
            // not as the last trial found it: whoever listens must start where users of its own are no longer to be had
            boolean always = settings.userNamespaces() == KubernetesSettings.UserNamespaces.TRUE;
            return new PodTrial(clients.calls(), settings, cluster.get().withUserNamespaces(always), asks, PATIENCE)
                    .in(settings.namespaceOf(KubernetesSettings.NOBODY));
        } catch (RuntimeException fault) {
            // the cluster's, an operator's part that is missing, or the client's own trouble, such as a token's file
            // that cannot be read
            return unknown(String.valueOf(fault.getMessage()));
        }
    }

    private static PodSight unknown(String why) {
        return new PodSight(new NetworkSight.Unknown(why), UserSight.UNTRIED);
    }
}
