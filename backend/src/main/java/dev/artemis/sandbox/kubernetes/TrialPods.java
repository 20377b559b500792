package dev.artemis.sandbox.kubernetes;

import dev.artemis.shared.Language;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1EnvVarSource;
import io.kubernetes.client.openapi.models.V1ExecAction;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1ObjectFieldSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The two pods that try the network, shut as a run's is. As Jobs, since those we may make, and those end by themselves. Pure.
 *
 * @param mark tells one trial's from another's
 */
record TrialPods(KubernetesSettings settings, Cluster cluster, String namespace, String mark) {

    /** Other than a run's: nobody takes them for one. */
    static final String NAME = "artemis-network-trial";

    static final int PORT = 7_000;

    private static final long USER = 10_001;
    /** As long as a whole trial may take, with images that must come first. */
    private static final long SECONDS = 300;

    private static final int KEPT_SECONDS = 60;
    private static final String ADDRESS = "ARTEMIS_ADDRESS";

    private static final String LISTEN = """
            import socket
            both = socket.has_dualstack_ipv6()
            family = socket.AF_INET6 if both else socket.AF_INET
            with socket.create_server(("", %d), family=family, dualstack_ipv6=both) as server:
                while True:
                    server.accept()[0].close()
            """.formatted(PORT);

    /** Along its own address, which no policy holds back: only who is seen to listen says something by its silence. */
    private static final String LISTENS = """
            import os, socket
            socket.create_connection((os.environ["%s"], %d), 2).close()
            """.formatted(ADDRESS, PORT);

    /**
     * Three times each: a route to a pod that is new may take a moment, and so may a policy. The API's address a kubelet gives every container,
     * whatever enableServiceLinks says.
     */
    private static final String TRY = """
            import errno, os, socket, sys, threading, time
            def tried(where):
                try:
                    socket.create_connection(where, 2).close()
                    return "connected"
                except socket.timeout:
                    return "timed-out"
                except OSError as e:
                    return errno.errorcode.get(e.errno, str(e.errno))
            def outcome(where):
                found = [tried(where)]
                for _ in range(2):
                    time.sleep(1)
                    found.append(tried(where))
                return found[-1] if found[-1] == "connected" or "connected" not in found else "connected-at-first"
            said = []
            def say(who, host, port):
                said.append("%s %s:%s %s" % (who, "[%s]" % host if ":" in host else host, port, outcome((host, int(port)))))
            targets = [("peer", sys.argv[1], sys.argv[2])]
            if os.environ.get("KUBERNETES_SERVICE_HOST"):
                targets.append(("api", os.environ["KUBERNETES_SERVICE_HOST"], os.environ.get("KUBERNETES_SERVICE_PORT", "443")))
            with open("/proc/self/uid_map") as users:
                said.append("users host" if users.read().split() == ["0", "0", "4294967295"] else "users own")
            try:
                with open("/sys/fs/cgroup/memory.oom.group") as group:
                    said.append("memory all" if group.read().strip() == "1" else "memory one")
            except OSError:
                pass
            threads = [threading.Thread(target=say, args=one) for one in targets]
            for one in threads: one.start()
            for one in threads: one.join()
            with open("/dev/termination-log", "w") as log: log.write("\\n".join(said))
            """;

    /** The same pods with users of their own. */
    TrialPods own() {
        return new TrialPods(settings, cluster.withUserNamespaces(true), namespace, mark + "-own");
    }

    String peerName() {
        return NAME + "-" + mark + "-listens";
    }

    String triesName() {
        return NAME + "-" + mark + "-tries";
    }

    V1Job peer() {
        return job(
                peerName(),
                container(List.of("-c", LISTEN))
                        .addEnvItem(new V1EnvVar()
                                .name(ADDRESS)
                                .valueFrom(new V1EnvVarSource()
                                        .fieldRef(new V1ObjectFieldSelector().fieldPath("status.podIP"))))
                        .readinessProbe(new V1Probe()
                                .exec(new V1ExecAction().command(List.of("python3", "-I", "-c", LISTENS)))
                                .periodSeconds(1)
                                .timeoutSeconds(5)));
    }

    /** @param address of the one that listens */
    V1Job tries(String address) {
        V1Job job = job(triesName(), container(List.of("-c", TRY, address, Integer.toString(PORT))));
        if (cluster.userNamespaces()) {
            // a file system that cannot be mapped keeps a run's pod from its start: so it has to be tried with what
            // that mounts
            RunPod.mountAsARunDoes(job.getSpec().getTemplate().getSpec(), cluster);
        }
        return job;
    }

    static Map<String, String> labels(String owner) {
        return Map.of(RunLabels.NAME, NAME, RunLabels.MANAGED_BY, "artemis", RunLabels.OWNER, owner);
    }

    private V1Job job(String name, V1Container container) {
        Map<String, String> labels = labels(settings.owner());
        V1JobSpec spec = new V1JobSpec()
                .backoffLimit(0)
                .activeDeadlineSeconds(SECONDS)
                .ttlSecondsAfterFinished(KEPT_SECONDS)
                .template(new V1PodTemplateSpec()
                        .metadata(new V1ObjectMeta().labels(labels))
                        .spec(ClosedPod.of(settings, cluster)
                                .terminationGracePeriodSeconds(1L)
                                .containers(List.of(container))));
        Map<String, String> ofJob = new HashMap<>(labels);
        settings.queue().ifPresent(queue -> {
            ofJob.put(RunLabels.QUEUE, queue);
            spec.suspend(true);
        });
        return new V1Job()
                .apiVersion("batch/v1")
                .kind("Job")
                .metadata(new V1ObjectMeta().namespace(namespace).name(name).labels(ofJob))
                .spec(spec);
    }

    private V1Container container(List<String> program) {
        Map<String, Quantity> small = Map.of(
                "cpu",
                new Quantity("100m"),
                "memory",
                new Quantity("64Mi"),
                "ephemeral-storage",
                ClosedPod.EPHEMERAL_STORAGE);
        List<String> command = new ArrayList<>(List.of("python3", "-I"));
        command.addAll(program);
        return new V1Container()
                .name(RunPod.CONTAINER)
                .image(settings.imageOfEach().of(Language.PYTHON))
                .imagePullPolicy("IfNotPresent")
                .command(command)
                .workingDir("/")
                .terminationMessagePath(RunPod.TERMINATION_FILE)
                .terminationMessagePolicy("File")
                .resources(new V1ResourceRequirements().requests(small).limits(small))
                .securityContext(ClosedPod.security(USER));
    }
}
