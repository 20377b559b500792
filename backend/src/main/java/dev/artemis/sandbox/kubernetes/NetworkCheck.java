package dev.artemis.sandbox.kubernetes;

import dev.artemis.configuration.Finding;
import dev.artemis.configuration.StartupCheck;
import java.util.List;
import java.util.Optional;

/** Of a worker that is up: what its trials found of the network. Where the start depends on it {@link ClusterCheck} has tried before. */
final class NetworkCheck implements StartupCheck {

    private static final String SUBJECT = ClusterCheck.SUBJECT;

    private final KubernetesSettings settings;
    private final PodTrials trials;

    NetworkCheck(KubernetesSettings settings, PodTrials trials) {
        this.settings = settings;
        this.trials = trials;
    }

    @Override
    public Optional<String> subject() {
        return Optional.of(SUBJECT);
    }

    @Override
    public List<Finding> findings() {
        NetworkSight sight = trials.get().network();
        boolean saidAtStart = settings.requireNetworkPolicy() && sight instanceof NetworkSight.Untried;
        return saidAtStart ? List.of() : List.of(finding(settings, sight));
    }

    /** Whether there is a network although the policy says no. */
    static Finding finding(KubernetesSettings settings, NetworkSight sight) {
        return switch (sight) {
            case NetworkSight.Closed closed ->
                Finding.pass(
                        SUBJECT,
                        "NetworkPolicies are enforced: a pod under deny-all reached neither another nor the cluster's API");
            case NetworkSight.Open(var reached) ->
                open(
                        settings,
                        "NetworkPolicies are not enforced, so runs have a network: under deny-all a pod reached "
                                + reached);
            case NetworkSight.OpenAtFirst(var reached) ->
                open(
                        settings,
                        "NetworkPolicies are enforced only some time after a pod's start: under deny-all one reached "
                                + reached);
            case NetworkSight.Untried untried ->
                Finding.warn(
                        SUBJECT,
                        "whether NetworkPolicies are enforced is being tried",
                        "Nothing: what comes of it is told here, in the health report and in the log.");
            case NetworkSight.Unshut(var why) -> again(settings, "nothing shuts the network of runs: " + why);
            case NetworkSight.Unknown(var why) ->
                again(settings, "whether NetworkPolicies are enforced could not be tried: " + why);
        };
    }

    private static Finding again(KubernetesSettings settings, String detail) {
        return Finding.warn(
                SUBJECT,
                detail,
                settings.requireNetworkPolicy()
                        ? "Mend that: it is tried again while the server runs, and runs wait until it was."
                        : "Mend that: it is tried again while the server runs, and the health report says what came of it.");
    }

    private static Finding open(KubernetesSettings settings, String detail) {
        return settings.requireNetworkPolicy()
                ? Finding.fail(
                        SUBJECT,
                        detail,
                        "Use a network plugin that enforces them (Calico, Cilium); or turn"
                                + " artemis.sandbox.kubernetes.require-network-policy off, and live with it.")
                : Finding.warn(
                        SUBJECT,
                        detail,
                        "Use a network plugin that enforces them (Calico, Cilium), and turn"
                                + " artemis.sandbox.kubernetes.require-network-policy on.");
    }
}
