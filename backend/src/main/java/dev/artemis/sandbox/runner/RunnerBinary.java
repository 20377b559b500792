package dev.artemis.sandbox.runner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

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

    /** Writes it, executable by all, to a file that does not exist yet. */
    public static void unpack(Path file) throws IOException {
        Files.write(file, bytes(), StandardOpenOption.CREATE_NEW);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
