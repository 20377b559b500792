package dev.artemis.sandbox.kubernetes;

import dev.artemis.configuration.Finding;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1PodSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * What the queue may hand out at once, as settings of artemis.runs say, beside what the nodes have. Where more is promised than there is, what waits
 * for room waits in the cluster, in its order, and teams are not treated as fairly as the queue would.
 *
 * @param cpuMillicores 0 is no bound
 * @param memoryBytes likewise
 */
record PromisedRoom(long cpuMillicores, long memoryBytes) {

    private static final String SUBJECT = ClusterCheck.SUBJECT;
    private static final BigDecimal MILLI = BigDecimal.valueOf(1_000);
    private static final long MIB = 1L << 20;
    /** Of a quota, against what runs hold: for pods that have just ended, and those that try the network. */
    private static final BigDecimal SPARE = new BigDecimal("1.25");

    /** To all teams. What cannot be read counts as none: the check of settings tells it. */
    static PromisedRoom of(Environment environment) {
        return read(environment, "cpu-millicores", "memory");
    }

    /** In one namespace: to all teams, or to the one whose namespace it is, whose part of that has a bound of its own. */
    static PromisedRoom inOneNamespace(Environment environment, boolean ofOneTeam) {
        PromisedRoom all = of(environment);
        if (!ofOneTeam) {
            return all;
        }
        PromisedRoom team = read(environment, "max-cpu-millicores-per-tenant", "max-memory-per-tenant");
        return new PromisedRoom(lower(all.cpuMillicores, team.cpuMillicores), lower(all.memoryBytes, team.memoryBytes));
    }

    private static PromisedRoom read(Environment environment, String cpu, String memory) {
        Binder binder = Binder.get(environment);
        try {
            return new PromisedRoom(
                    binder.bind("artemis.runs." + cpu, Long.class).orElse(0L),
                    binder.bind("artemis.runs." + memory, DataSize.class)
                            .orElse(DataSize.ofBytes(0))
                            .toBytes());
        } catch (BindException e) {
            return new PromisedRoom(0, 0);
        }
    }

    private static long lower(long one, long other) {
        return one <= 0 || other > 0 && other < one ? other : one;
    }

    /** Empty where nothing is bounded, or there is room for what has just ended: a quota counts its pods for a moment longer. */
    Optional<Finding> beside(KubernetesSettings.Quota quota) {
        BigDecimal cpu = Quantity.fromString(quota.cpu()).getNumber().multiply(MILLI);
        BigDecimal memory = Quantity.fromString(quota.memory()).getNumber();
        if (!isTight(cpuMillicores, cpu) && !isTight(memoryBytes, memory)) {
            return Optional.empty();
        }
        return Optional.of(Finding.warn(
                SUBJECT,
                "runs may hold %d millicores and %d MiB at once in a namespace, and its quota has %d and %d: pods that have just ended count a moment longer, so runs are turned away there and wait again"
                        .formatted(cpuMillicores, memoryBytes / MIB, cpu.longValue(), memory.longValue() / MIB),
                "Raise artemis.sandbox.kubernetes.quota to a quarter more than the runs may hold, or lower artemis.runs.cpu-millicores and memory,"
                        + " or what one team may hold."));
    }

    private static boolean isTight(long promised, BigDecimal quota) {
        return promised > 0 && BigDecimal.valueOf(promised).multiply(SPARE).compareTo(quota) > 0;
    }

    /** @param nodes empty where we may not ask */
    Finding finding(V1PodSpec pod, List<V1Node> nodes) {
        List<V1Node> ours = nodes.stream().filter(node -> Room.takes(node, pod)).toList();
        long cpu = sum(ours, "cpu", MILLI);
        long memory = sum(ours, "memory", BigDecimal.ONE);
        if (ours.isEmpty() && !nodes.isEmpty()) {
            return Finding.warn(
                    SUBJECT,
                    "none of the %d nodes takes runs, which wait for one: of the node selector, the architecture and the tolerations of their pods none fits, or nodes are cordoned"
                            .formatted(nodes.size()),
                    "Label or uncordon nodes, or change artemis.sandbox.kubernetes.node-selector and tolerations, or the runtime class's scheduling;"
                            + " where the cluster adds nodes by itself, live with it.");
        }
        if (cpuMillicores <= 0 || memoryBytes <= 0) {
            return Finding.warn(
                    SUBJECT,
                    "what the runs of all teams hold at once is not bounded: where one team's fill the cluster, another's first waits"
                            + " in the cluster's order instead of ours",
                    ours.isEmpty()
                            ? "Set artemis.runs.cpu-millicores and artemis.runs.memory to what the nodes of runs have."
                            : "Set artemis.runs.cpu-millicores to %d and artemis.runs.memory to %dMB at most, which is what the nodes of runs have."
                                    .formatted(cpu, memory / MIB));
        }
        if (ours.isEmpty()) {
            return Finding.pass(
                    SUBJECT, "what the runs of all teams hold at once is bounded; what the nodes have is not known");
        }
        return cpuMillicores > cpu || memoryBytes > memory
                ? Finding.warn(
                        SUBJECT,
                        "runs may hold %d millicores and %d MiB at once, and the nodes that take them have %d and %d: what is above"
                                        .formatted(cpuMillicores, memoryBytes / MIB, cpu, memory / MIB)
                                + " waits in the cluster's order instead of ours",
                        "Lower artemis.runs.cpu-millicores and artemis.runs.memory to that, or add nodes; where the cluster adds them by"
                                + " itself, live with it.")
                : Finding.pass(SUBJECT, "the nodes have what the runs of all teams may hold at once");
    }

    private static long sum(List<V1Node> nodes, String resource, BigDecimal unit) {
        return nodes.stream()
                .map(Room::allocatable)
                .map(there -> there.getOrDefault(resource, new Quantity("0")).getNumber())
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .multiply(unit)
                .setScale(0, RoundingMode.DOWN)
                .longValueExact();
    }
}
