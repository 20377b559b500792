package dev.artemis.sandbox.kubernetes;

import dev.artemis.sandbox.runner.RunnerBinary;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/**
 * The runner's program as a ConfigMap, so that any image with an interpreter will do. Immutable, and named by its content: an upgrade
 * makes another one, and a running pod keeps its own.
 */
record RunnerConfigMap(byte[] program, String name) {

    /** What it is labelled as. */
    static final String LABEL = "artemis-runner";

    private static final int MOST_BYTES = 1024 * 1024;

    RunnerConfigMap {
        if (program.length > MOST_BYTES) {
            throw new IllegalArgumentException("the runner does not fit into a ConfigMap: " + program.length);
        }
    }

    /** The one that the build made. */
    static RunnerConfigMap built() {
        try (InputStream program = RunnerBinary.class.getResourceAsStream("artemis-runner")) {
            if (program == null) {
                throw new IllegalStateException(
                        "artemis-runner is not in this jar: build the backend with Maven and gcc");
            }
            return of(program.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RunnerConfigMap of(byte[] program) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(program);
            return new RunnerConfigMap(program, LABEL + "-" + HexFormat.of().formatHex(hash, 0, 8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Which machines it runs on, as nodes are labelled: from the program's own ELF header. */
    String architecture() {
        int machine = (program[18] & 0xff) | (program[19] & 0xff) << 8;
        return switch (machine) {
            case 0x3e -> "amd64";
            case 0xb7 -> "arm64";
            default -> throw new IllegalStateException("the runner was built for an unknown machine: " + machine);
        };
    }

    V1ConfigMap object(String namespace) {
        return new V1ConfigMap()
                .apiVersion("v1")
                .kind("ConfigMap")
                .metadata(new V1ObjectMeta()
                        .namespace(namespace)
                        .name(name())
                        .labels(Map.of(RunLabels.MANAGED_BY, "artemis", RunLabels.NAME, LABEL)))
                .immutable(true)
                .binaryData(Map.of(RunPod.RUNNER_KEY, program));
    }
}
