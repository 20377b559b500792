package dev.artemis.sandbox.kubernetes;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps what the last trial of the network found: tried at the start, some times a day, and soon again while it cannot be. In the namespace of all
 * runs; where each team has its own, in one of no team, made and held as theirs are.
 */
final class NetworkTrials implements Supplier<NetworkSight>, AutoCloseable {

    private static final Duration AGAIN = Duration.ofHours(6);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    /** For a pod's image too. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KubernetesSettings settings;
    private final ClusterClients clients;
    private final RunnerConfigMap runner = RunnerConfigMap.built();
    private final ClusterProbe probe;
    private final RunNamespaces namespaces;
    private final Thread thread = Thread.ofVirtual().name("network-trials").unstarted(this::keepTrying);
    private volatile NetworkSight last = NetworkSight.untried();

    NetworkTrials(KubernetesSettings settings, ClusterClients clients) {
        this.settings = settings;
        this.clients = clients;
        this.probe = new ClusterProbe(clients.calls(), settings, this);
        this.namespaces = new RunNamespaces(clients.calls(), settings, runner);
    }

    void open() {
        thread.start();
    }

    @Override
    public NetworkSight get() {
        return last;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void keepTrying() {
        Duration pause = FIRST_PAUSE;
        try {
            while (true) {
                NetworkSight found = tried();
                boolean unknown = found instanceof NetworkSight.Unknown;
                // what was found holds until something else is found, not until nobody can look
                if (!unknown || last instanceof NetworkSight.Unknown) {
                    last = found;
                }
                Thread.sleep(unknown ? pause : AGAIN);
                pause = unknown ? longer(pause) : FIRST_PAUSE;
            }
        } catch (InterruptedException e) {
            // closed
            Thread.currentThread().interrupt();
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private NetworkSight tried() throws InterruptedException {
        try {
            Optional<Cluster> cluster = probe.cluster(runner);
            if (cluster.isEmpty()) {
                return new NetworkSight.Unknown("the cluster does not answer");
            }
            namespaces.ensure(KubernetesSettings.NOBODY);
            return new NetworkTrial(clients.calls(), settings, cluster.get(), PATIENCE)
                    .in(settings.namespaceOf(KubernetesSettings.NOBODY));
        } catch (RuntimeException fault) {
            // the cluster's, an operator's part that is missing, or the client's own trouble, such as a token's file
            // that cannot be read
            return new NetworkSight.Unknown(String.valueOf(fault.getMessage()));
        }
    }
}
