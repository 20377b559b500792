package dev.artemis.sandbox.runner;

import java.io.IOException;
import java.io.InputStream;

/** The runner's program, as the build made it (src/main/c). */
public final class RunnerBinary {

    private RunnerBinary() {}

    /** Its bytes. */
    public static byte[] bytes() throws IOException {
        try (InputStream program = RunnerBinary.class.getResourceAsStream("artemis-runner")) {
            if (program == null) {
                throw new IOException("artemis-runner is not in this jar: build the backend with Maven and gcc");
            }
            return program.readAllBytes();
        }
    }
}
