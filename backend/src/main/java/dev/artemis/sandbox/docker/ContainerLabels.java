package dev.artemis.sandbox.docker;

import dev.artemis.sandbox.Most;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.runner.Nonce;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * What a container says of its run: enough to go on with it after a restart. A container does not see its own labels.
 *
 * @param nonce the key of its final record
 */
record ContainerLabels(RunRef run, Nonce nonce, Most most) {

    private static final String OWNER = "dev.artemis.owner";
    private static final String TENANT = "dev.artemis.tenant";
    private static final String RUN = "dev.artemis.run";
    private static final String ATTEMPT = "dev.artemis.attempt";
    private static final String TOKEN = "dev.artemis.fencing-token";
    private static final String NONCE = "dev.artemis.nonce";
    private static final String WALL_MS = "dev.artemis.wall-ms";
    private static final String CPU_MS = "dev.artemis.cpu-ms";
    private static final String CPU_MILLICORES = "dev.artemis.cpu-millicores";
    private static final String MEMORY_BYTES = "dev.artemis.memory-bytes";

    static String ofOwner(String owner) {
        return OWNER + "=" + owner;
    }

    Map<String, String> of(String owner) {
        return Map.of(
                OWNER, owner,
                TENANT, run.tenant().toString(),
                RUN, run.run().toString(),
                ATTEMPT, Integer.toString(run.attempt()),
                TOKEN, Long.toString(run.fencingToken()),
                NONCE, nonce.hex(),
                WALL_MS, Long.toString(most.wallTimeout().toMillis()),
                CPU_MS, Long.toString(most.cpuTime().toMillis()),
                CPU_MILLICORES, Integer.toString(most.cpuMillicores()),
                MEMORY_BYTES, Long.toString(most.memoryBytes()));
    }

    /** Empty: labels that are not ours. @param labels as the engine lists them */
    static Optional<ContainerLabels> read(JsonNode labels) {
        try {
            return Optional.of(new ContainerLabels(
                    new RunRef(
                            UUID.fromString(labels.path(TENANT).asString("")),
                            UUID.fromString(labels.path(RUN).asString("")),
                            Integer.parseInt(labels.path(ATTEMPT).asString("")),
                            Long.parseLong(labels.path(TOKEN).asString(""))),
                    Nonce.ofHex(labels.path(NONCE).asString("")),
                    new Most(
                            Duration.ofMillis(
                                    Long.parseLong(labels.path(WALL_MS).asString(""))),
                            Duration.ofMillis(Long.parseLong(labels.path(CPU_MS).asString("0"))),
                            Integer.parseInt(labels.path(CPU_MILLICORES).asString("0")),
                            Long.parseLong(labels.path(MEMORY_BYTES).asString("0")))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
