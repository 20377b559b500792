package dev.artemis.sandbox.kubernetes;

import dev.artemis.configuration.CheckFirst;
import dev.artemis.configuration.Finding;
import dev.artemis.configuration.StartupCheck;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.sandbox.runner.Nonce;
import dev.artemis.shared.Language;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.BatchV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.apis.NodeV1Api;
import io.kubernetes.client.openapi.apis.VersionApi;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Scheduling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * For a process that gives runs to a cluster: whether it is there, new enough, allows us what we need, takes a Job like ours, and keeps its network shut. Changes nothing: the Job
 * is only tried (dry run), and what comes back shows which fields the cluster knows; the two pods that try the network, where the start depends on it
 * or somebody only checks, go again. A cluster that does not answer is weather:
 * everything else works without it.
 */
class ClusterCheck implements StartupCheck {

    static final String SUBJECT = "cluster";
    private static final int OLDEST_MINOR = 20;

    /** How long a quota that was made a moment ago may take to be counted. */
    private static final Duration COUNTING = Duration.ofSeconds(5);

    /** How long a start waits for each of the pods that try the network. What takes longer is found while runs wait, see {@link PodTrials}. */
    private static final Duration TRIAL = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Where Spring keeps what is no option on the command line. */
    private static final String ONLY_CHECKS = "nonOptionArgs";

    private final Environment environment;

    ClusterCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Optional<String> subject() {
        return Optional.of(SUBJECT);
    }

    @Override
    public List<Finding> findings() {
        return findings(this::trialAtStart);
    }

    /** What became of the network a worker's own trials tell, see {@link NetworkCheck}. */
    @Override
    public List<Finding> again() {
        return findings((settings, client) -> Optional.empty());
    }

    private Optional<Trial> trialAtStart(KubernetesSettings settings, ApiClient client) {
        return settings.requireNetworkPolicy()
                        || environment.getProperty(ONLY_CHECKS, "").contains(CheckFirst.COMMAND)
                ? Optional.of(trial(settings, client))
                : Optional.empty();
    }

    private List<Finding> findings(BiFunction<KubernetesSettings, ApiClient, Optional<Trial>> trial) {
        boolean kubernetes =
                environment.getProperty("artemis.sandbox.kind", "local").equals("kubernetes");
        boolean worker = environment.getProperty("artemis.roles", "worker").contains("worker");
        if (!kubernetes || !worker) {
            return List.of(Finding.pass(SUBJECT, "not used by this process"));
        }
        try {
            KubernetesSettings settings =
                    Binder.get(environment).bindOrCreate("artemis.sandbox.kubernetes", KubernetesSettings.class);
            ApiClient client = ClusterClients.of(settings.kubeconfig()).calls();
            List<Finding> all = new ArrayList<>(of(settings, client, trial.apply(settings, client)));
            all.add(room(settings, client));
            PromisedRoom.inOneNamespace(environment, settings.namespacePerTenant())
                    .beside(settings.quota())
                    .ifPresent(all::add);
            return all;
        } catch (BindException e) {
            return List.of(Finding.fail(SUBJECT, cause(e), "Mend it; application.yaml says what may be there."));
        } catch (IllegalStateException e) {
            return List.of(Finding.fail(SUBJECT, String.valueOf(e.getMessage()), "Mend KUBECONFIG."));
        } catch (ClusterFault e) {
            return List.of(unanswered(e));
        }
    }

    /** Whether the queue hands out what there is. */
    private Finding room(KubernetesSettings settings, ApiClient client) {
        V1Job sample = sample(settings, OLDEST_MINOR, KubernetesSettings.NOBODY, Language.PYTHON);
        V1PodSpec pod = Room.scheduled(sample.getSpec().getTemplate().getSpec(), scheduling(settings, client));
        return PromisedRoom.of(environment).finding(pod, calls(settings, client).nodes());
    }

    /** Empty where we may not ask; that is told otherwise. */
    private static Optional<V1Scheduling> scheduling(KubernetesSettings settings, ApiClient client) {
        return settings.runtimeClassName().flatMap(name -> {
            try {
                return Optional.ofNullable(ClusterCalls.called(
                                "read RuntimeClass " + name,
                                () -> new NodeV1Api(client)
                                        .readRuntimeClass(name)
                                        .execute())
                        .getScheduling());
            } catch (ClusterFault fault) {
                return Optional.empty();
            }
        });
    }

    private static ClusterCalls calls(KubernetesSettings settings, ApiClient client) {
        return new ClusterCalls(new ClusterClients(client, client, client, client), settings);
    }

    private static Finding unanswered(ClusterFault fault) {
        return switch (fault.kind()) {
            case UNREACHABLE, BUSY ->
                Finding.warn(
                        SUBJECT,
                        "it does not answer, and runs wait until it does: " + fault.getMessage(),
                        "Start it, or name another one in KUBECONFIG.");
            case FORBIDDEN, QUOTA, CONFLICT, NOT_FOUND, INVALID, OTHER ->
                Finding.fail(
                        SUBJECT,
                        "it refuses us: " + fault.getMessage(),
                        "Mend the credentials in KUBECONFIG, or apply k8s/sandbox (k8s/tenants with a namespace for each team)"
                                + " for the rights that are needed.");
        };
    }

    /** Tries the network of a namespace, which may take half a minute. */
    @FunctionalInterface
    interface Trial {
        NetworkSight in(Cluster cluster, String namespace);
    }

    private static Trial trial(KubernetesSettings settings, ApiClient client) {
        return (cluster, namespace) -> {
            try {
                return new PodTrial(client, settings, cluster, false, TRIAL)
                        .in(namespace)
                        .network();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new NetworkSight.Unknown("interrupted");
            }
        };
    }

    /** @param trial empty where a server that is up tells what its own found, see {@link NetworkCheck} */
    static List<Finding> of(KubernetesSettings settings, ApiClient client, Optional<Trial> trial) {
        List<Finding> findings = new ArrayList<>();
        int minor = ClusterProbe.minorOf(ClusterCalls.called(
                "read version", () -> new VersionApi(client).getCode().execute()));
        findings.add(
                minor >= OLDEST_MINOR
                        ? Finding.pass(SUBJECT, "Kubernetes 1." + minor + " answers")
                        : Finding.fail(
                                SUBJECT,
                                "Kubernetes 1." + minor + " is too old",
                                "Use one of 1." + OLDEST_MINOR + " or newer."));
        findings.add(permissions(settings, client));
        runtimeClass(settings, client).ifPresent(findings::add);
        Optional<String> namespace = Optional.empty();
        try {
            namespace = present(settings, client);
            findings.addAll(namespace
                    .map(name -> settings.imageOfEach().needed().values().stream()
                            .map(languages -> namespace(settings, client, minor, name, languages.getFirst()))
                            .toList())
                    .orElseGet(() -> List.of(toBeMade(settings))));
            namespace
                    .flatMap(name -> settings.queue().map(queue -> queue(settings, client, name, queue)))
                    .ifPresent(findings::add);
        } catch (ClusterFault fault) {
            if (!settings.namespacePerTenant() || fault.passing()) {
                throw fault;
            }
            findings.add(Finding.fail(
                    SUBJECT,
                    "the teams' namespaces cannot be listed: " + fault.getMessage(),
                    "Apply k8s/tenants, or turn artemis.sandbox.kubernetes.namespace-per-tenant off."));
        }
        boolean works = findings.stream().noneMatch(finding -> finding.verdict() == Finding.Verdict.FAIL);
        if (works && trial.isPresent()) {
            NetworkSight sight = namespace
                    .filter(name -> name.equals(settings.namespaceOf(KubernetesSettings.NOBODY)))
                    .map(name -> trial.get().in(cluster(settings, minor), name))
                    .orElseGet(() -> new NetworkSight.Unknown("the namespace for it is not made yet"));
            findings.add(NetworkCheck.finding(settings, sight));
        }
        return List.copyOf(findings);
    }

    private static Finding permissions(KubernetesSettings settings, ApiClient client) {
        List<Permissions.Needed> missing = new Permissions(settings).missing(client);
        return missing.isEmpty()
                ? Finding.pass(SUBJECT, "every permission that is needed is there")
                : Finding.fail(
                        SUBJECT,
                        "not allowed in "
                                + (settings.namespacePerTenant() ? "this cluster" : "namespace " + settings.namespace())
                                + ": "
                                + String.join(
                                        ", ",
                                        missing.stream().map(Object::toString).toList()),
                        settings.namespacePerTenant()
                                ? "Apply k8s/tenants and name the worker's account in"
                                        + " artemis.sandbox.kubernetes.service-account, or grant them."
                                : "Apply k8s/sandbox, which holds the Role, or grant them.");
    }

    private static Optional<Finding> runtimeClass(KubernetesSettings settings, ApiClient client) {
        return settings.runtimeClassName().map(name -> {
            try {
                ClusterCalls.called(
                        "read RuntimeClass " + name,
                        () -> new NodeV1Api(client).readRuntimeClass(name).execute());
                return Finding.pass(SUBJECT, "the runtime class " + name + " is there");
            } catch (ClusterFault fault) {
                return switch (fault.kind()) {
                    case NOT_FOUND ->
                        Finding.fail(
                                SUBJECT,
                                "there is no runtime class " + name,
                                "Install it, or change artemis.sandbox.kubernetes.runtime-class.");
                    case FORBIDDEN ->
                        Finding.warn(
                                SUBJECT,
                                "whether the runtime class " + name + " exists cannot be asked: not allowed",
                                "Grant get on runtimeclasses.node.k8s.io.");
                    case UNREACHABLE, BUSY, QUOTA, CONFLICT, INVALID, OTHER -> throw fault;
                };
            }
        });
    }

    /** Whether what lets Jobs go is there. */
    private static Finding queue(KubernetesSettings settings, ApiClient client, String namespace, String name) {
        try {
            Optional<LocalQueues.LocalQueue> found = new LocalQueues(client, settings).find(namespace, name);
            if (found.isPresent()) {
                return found.get()
                        .halted()
                        .map(why -> Finding.warn(
                                SUBJECT,
                                "the LocalQueue " + name + " in namespace " + namespace + " lets no Job go: " + why,
                                "Make or start the ClusterQueue that it names; until then runs wait."))
                        .orElseGet(() -> Finding.pass(
                                SUBJECT, "the LocalQueue " + name + " is there in namespace " + namespace));
            }
            return settings.ownClusterQueue().isPresent()
                    ? Finding.pass(SUBJECT, "the LocalQueue " + name + " will be made in namespace " + namespace)
                    : Finding.fail(
                            SUBJECT,
                            "there is no LocalQueue " + name + " in namespace " + namespace
                                    + ", and Jobs would wait for ever",
                            "Make it, or change artemis.sandbox.kubernetes.queue-name; k8s/README.md says how.");
        } catch (ClusterFault fault) {
            if (fault.kind() != ClusterFault.Kind.FORBIDDEN) {
                throw fault;
            }
            return Finding.warn(
                    SUBJECT,
                    "whether the LocalQueue " + name + " exists cannot be asked: not allowed",
                    "Grant get on localqueues.kueue.x-k8s.io.");
        }
    }

    /** Where a Job can be asked about, dry: the namespace of all runs, or of trials, or of a team that has one already. Pods are tried in no team's. */
    private static Optional<String> present(KubernetesSettings settings, ApiClient client) {
        if (settings.namespacePerTenant()) {
            List<String> all = calls(settings, client).namespaces();
            String ours = settings.namespaceOf(KubernetesSettings.NOBODY);
            return all.contains(ours) ? Optional.of(ours) : all.stream().findFirst();
        }
        String name = settings.namespace();
        return ClusterCalls.found(() -> ClusterCalls.called(
                        "read Namespace " + name,
                        () -> new CoreV1Api(client).readNamespace(name).execute()))
                .map(there -> name);
    }

    private static Finding toBeMade(KubernetesSettings settings) {
        if (settings.namespacePerTenant()) {
            return Finding.pass(SUBJECT, "each team's namespace will be made at its first run");
        }
        return settings.manageNamespace()
                ? Finding.pass(SUBJECT, "the namespace " + settings.namespace() + " will be made")
                : Finding.fail(
                        SUBJECT,
                        "there is no namespace " + settings.namespace(),
                        "Apply k8s/sandbox, or set artemis.sandbox.kubernetes.manage-namespace.");
    }

    private static Cluster cluster(KubernetesSettings settings, int minor) {
        RunnerConfigMap runner = RunnerConfigMap.built();
        return new Cluster(
                minor,
                runner.name(),
                runner.architecture(),
                settings.userNamespaces() == KubernetesSettings.UserNamespaces.TRUE);
    }

    /** @param language for whose image it is tried: a cluster may take but some */
    private static Finding namespace(
            KubernetesSettings settings, ApiClient client, int minor, String name, Language language) {
        V1Job wanted = sample(settings, minor, tenantOf(settings, name), language);
        try {
            return tried(name, wanted, tried(client, name, wanted));
        } catch (ClusterFault fault) {
            if (fault.isUncounted()) {
                return Finding.warn(
                        SUBJECT,
                        "the namespace " + name + " is new, and the cluster has not counted yet what its quota holds:"
                                + " runs wait there until it has",
                        "Nothing, if that passes; else see whether the cluster's controller manager runs.");
            }
            if (fault.kind() == ClusterFault.Kind.QUOTA
                    && FullQuota.in(fault.getMessage())
                            .filter(quota -> quota.shortages().isEmpty())
                            .isPresent()) {
                return Finding.warn(
                        SUBJECT,
                        "the namespace " + name + " is full at the moment: runs wait there until others end",
                        "Nothing, if that passes; else raise artemis.sandbox.kubernetes.quota.");
            }
            return Finding.fail(
                    SUBJECT,
                    "the namespace " + name + " takes no Job of ours: " + fault.getMessage(),
                    "Change what refuses it: a quota, an admission policy, or a setting of artemis.sandbox.kubernetes.");
        }
    }

    /** One like those of runs. */
    private static V1Job sample(KubernetesSettings settings, int minor, UUID tenant, Language language) {
        return RunObjects.of(
                        settings,
                        cluster(settings, minor),
                        new RunRef(tenant, UUID.randomUUID(), 1, 0),
                        SandboxSpec.of(language, ""),
                        Nonce.random())
                .job();
    }

    /** Asks again for a moment where the namespace's quota was made just before. */
    private static V1Job tried(ApiClient client, String namespace, V1Job wanted) {
        for (long left = COUNTING.dividedBy(PAUSE); ; left--) {
            try {
                return ClusterCalls.called(
                        "try a Job",
                        () -> new BatchV1Api(client)
                                .createNamespacedJob(namespace, wanted)
                                .dryRun("All")
                                .execute());
            } catch (ClusterFault fault) {
                if (!fault.isUncounted() || left <= 0) {
                    throw fault;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static UUID tenantOf(KubernetesSettings settings, String namespace) {
        return settings.namespacePerTenant()
                ? UUID.fromString(namespace.substring(settings.namespace().length() + 1))
                : KubernetesSettings.NOBODY;
    }

    /** Fields that a cluster does not know it drops without a word. */
    private static Finding tried(String namespace, V1Job wanted, V1Job kept) {
        List<String> open = Dropped.unsafe(wanted, kept);
        if (!open.isEmpty()) {
            return Finding.fail(
                    SUBJECT,
                    "the namespace " + namespace + " does not keep what holds a run: " + String.join(", ", open),
                    "Use a cluster of 1." + OLDEST_MINOR + " or newer, and let no webhook change our Jobs.");
        }
        List<String> dropped = Dropped.between(wanted, kept);
        return dropped.isEmpty()
                ? Finding.pass(SUBJECT, "the namespace " + namespace + " takes our Jobs, every field of them")
                : Finding.warn(
                        SUBJECT,
                        "the namespace " + namespace + " takes our Jobs, but does not know "
                                + String.join(", ", dropped),
                        "Upgrade the cluster, or live without; the health report says what that means.");
    }

    private static String cause(Throwable e) {
        Throwable last = e;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return String.valueOf(last.getMessage());
    }
}
