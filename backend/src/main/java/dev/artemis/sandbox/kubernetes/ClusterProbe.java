package dev.artemis.sandbox.kubernetes;

import dev.artemis.sandbox.Isolation;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.VersionApi;
import io.kubernetes.client.openapi.models.VersionInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What this cluster is able to hold. Asked once it answers; asked again, but not more often than every few seconds, while it does not. */
final class ClusterProbe {

    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);
    private static final int OLDEST_MINOR = 20;

    private final ApiClient client;
    private final KubernetesSettings settings;
    private final Supplier<PodSight> pods;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Integer minor;
    private volatile String fault = "the cluster was not asked yet";
    private long askedAt = System.nanoTime() - ASK_AGAIN.toNanos();

    /** @param pods what was last found by such */
    ClusterProbe(ApiClient client, KubernetesSettings settings, Supplier<PodSight> pods) {
        this.client = client;
        this.settings = settings;
        this.pods = pods;
    }

    Optional<Cluster> cluster(RunnerConfigMap runner) {
        ask();
        Integer known = minor;
        return known == null
                ? Optional.empty()
                : Optional.of(new Cluster(known, runner.name(), runner.architecture(), asksForUsers()));
    }

    Isolation isolation() {
        ask();
        Integer known = minor;
        if (known == null) {
            return new Isolation(Isolation.Strength.NONE, List.of(), List.of(fault));
        }
        if (known < OLDEST_MINOR) {
            return new Isolation(
                    Isolation.Strength.NONE,
                    List.of(),
                    List.of("Kubernetes 1." + known + " is too old: 1.20 or newer is needed"));
        }
        return held(known);
    }

    private Isolation held(int known) {
        List<String> holds = new ArrayList<>(List.of(
                "one pod per run: own processes, read-only root, no capabilities, no privilege escalation, default seccomp profile",
                "CPU, memory and ephemeral storage by the pod's limits",
                "one user id per run, processes counted by it",
                "one pod per attempt: its input is for the pod that was seen first, and no other runs it",
                "no service account token, no DNS, no service variables",
                "output: at most 3 MiB kept of each channel (logs are rotated at 10 MiB)"));
        List<String> lacks = new ArrayList<>();
        Optional<String> open = open(pods.get().network());
        if (open.isPresent() && settings.requireNetworkPolicy()) {
            return new Isolation(Isolation.Strength.NONE, List.of(), List.of(open.get()));
        }
        open.ifPresentOrElse(
                lacks::add,
                () -> holds.add(
                        "no network (NetworkPolicy deny-all; tried: a pod under it reached neither another nor the"
                                + " cluster's API)"));
        settings.runtimeClassName()
                .ifPresentOrElse(
                        name -> holds.add("runtime class " + name),
                        () -> lacks.add("kernel: shared with the node; set artemis.sandbox.kubernetes.runtime-class"
                                + " (gVisor, Kata) for a wall of its own"));
        if (asksForUsers() && pods.get().users() == UserSight.OWN) {
            holds.add("own user namespace (hostUsers: false; tried)");
        } else {
            lacks.add(sharedUsers(known));
        }
        if (pods.get().memory() == MemorySight.ALL) {
            lacks.add("memory: where one process is killed for it, its whole run is, and the end of its output is lost;"
                    + " set singleProcessOOMKill: true in the kubelet's configuration (from Kubernetes 1.32)");
        }
        if (known < 22) {
            lacks.add("disk: Kubernetes 1." + known
                    + " does not size volumes in memory; the runner looks every 50 ms instead");
        }
        if (known < 23) {
            lacks.add("Pod Security: Kubernetes 1." + known
                    + " ignores the namespace's labels; our own pods keep them all the same");
        }
        return new Isolation(lacks.isEmpty() ? Isolation.Strength.FULL : Isolation.Strength.PARTIAL, holds, lacks);
    }

    private boolean asksForUsers() {
        return switch (settings.userNamespaces()) {
            case AUTO -> pods.get().users() == UserSight.OWN;
            case TRUE -> true;
            case FALSE -> false;
        };
    }

    private String sharedUsers(int known) {
        if (settings.userNamespaces() == KubernetesSettings.UserNamespaces.FALSE) {
            return "user namespace: off; set artemis.sandbox.kubernetes.user-namespaces to auto";
        }
        return switch (pods.get().users()) {
            case UNTRIED -> "user namespace: not tried yet";
            case DROPPED -> "user namespace: Kubernetes 1." + known + " does not keep hostUsers";
            case NOT_STARTED ->
                "user namespace: a pod with hostUsers: false was not started, since its node's kernel or container runtime cannot";
            case SHARED, OWN -> "user namespace: a pod with hostUsers: false had its node's users";
        };
    }

    /** In words, where it is not known to be shut. */
    private static Optional<String> open(NetworkSight sight) {
        return switch (sight) {
            case NetworkSight.Closed closed -> Optional.empty();
            case NetworkSight.Open(var reached) ->
                Optional.of(
                        "network: the network plugin does not enforce NetworkPolicies: under deny-all a pod reached "
                                + reached);
            case NetworkSight.OpenAtFirst(var reached) ->
                Optional.of(
                        "network: the network plugin enforces NetworkPolicies only some time after a pod's start: under deny-all one reached "
                                + reached);
            case NetworkSight.Unshut(var why) -> Optional.of("network: nothing shuts it: " + why);
            case NetworkSight.Untried untried ->
                Optional.of("network: whether NetworkPolicies are enforced is being tried");
            case NetworkSight.Unknown(var why) ->
                Optional.of("network: whether NetworkPolicies are enforced could not be tried: " + why);
        };
    }

    private void ask() {
        if (minor != null) {
            return;
        }
        lock.lock();
        try {
            if (minor == null && System.nanoTime() - askedAt >= ASK_AGAIN.toNanos()) {
                minor = minorOf(ClusterCalls.called(
                        "read version", () -> new VersionApi(client).getCode().execute()));
            }
        } catch (ClusterFault e) {
            askedAt = System.nanoTime();
            fault = "the cluster cannot be reached: " + e.getMessage();
        } finally {
            lock.unlock();
        }
    }

    /** Some providers write "27+". */
    static int minorOf(VersionInfo version) {
        String digits = version.getMinor().replaceAll("\\D.*", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }
}
