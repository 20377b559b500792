package dev.artemis.sandbox.docker;

import dev.artemis.sandbox.runner.RunnerBinary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The sandbox image with our runner on top, and with {@code /tmp} as a part of the work folder, so that one size holds both. Made once for an
 * image and a runner, and named after both: nothing of it changes while a run uses it.
 */
final class PreparedImage {

    static final String RUNNER = "/artemis-runner";
    static final String WORK_FOLDER = "/work";
    static final String TEMPORARY = ".tmp";

    private static final String REPOSITORY = "artemis-run";

    private final Engine engine;
    private final String base;
    private final byte[] runner;

    PreparedImage(Engine engine, String base) {
        this.engine = engine;
        this.base = base;
        try {
            this.runner = RunnerBinary.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The image's name; made if it is not there. An {@link EngineFault} says what is wrong with the image that it should be made of. */
    synchronized String name() {
        JsonNode image = engine.image(base)
                .orElseThrow(() -> new EngineFault(
                        EngineFault.NOT_FOUND,
                        "the image " + base + " is not in the engine: make it (docker build -t " + base
                                + " k8s/images/sandbox, or k8s/images/sandbox/build " + base
                                + " without a registry), or name another in ARTEMIS_SANDBOX_IMAGE, or in ARTEMIS_SANDBOX_IMAGE_PYTHON or"
                                + " ARTEMIS_SANDBOX_IMAGE_SHELL where that language has its own"));
        if (!image.path("Config").path("Volumes").isEmpty()) {
            throw new EngineFault(
                    EngineFault.CONFLICT,
                    "the image " + base + " declares volumes, which would be written without limit");
        }
        String id = image.get("Id").asString();
        String tag = tag(id);
        if (engine.image(REPOSITORY + ":" + tag).isEmpty()) {
            make(id, tag);
        }
        return REPOSITORY + ":" + tag;
    }

    private void make(String id, String tag) {
        String container = engine.create(
                "artemis-prepare-" + tag + "-" + Long.toHexString(System.nanoTime()),
                Map.of("Image", id, "Entrypoint", List.of(RUNNER), "Cmd", List.of(), "NetworkDisabled", true));
        try {
            engine.unpack(
                    container,
                    new Tar()
                            .file(RUNNER.substring(1), 0555, runner)
                            .folder(WORK_FOLDER.substring(1), 0755)
                            .link("tmp", WORK_FOLDER.substring(1) + "/" + TEMPORARY)
                            .end());
            engine.commit(container, REPOSITORY, tag);
        } finally {
            engine.remove(container);
        }
    }

    private String tag(String id) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(id.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(runner), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
