package dev.artemis.e2e.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs a measurement in a process of its own that has the packaged server on its class path. */
final class Inside {

    private Inside() {}

    /** Waits for its end. @throws IllegalStateException the measurement failed */
    static void run(Class<?> measurement, Path folder) throws IOException, InterruptedException {
        Path classes = Path.of(
                measurement.getProtectionDomain().getCodeSource().getLocation().getPath());
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dloader.path=" + classes,
                        "-Dloader.main=" + measurement.getName(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("artemis.jar"),
                        "org.springframework.boot.loader.launch.PropertiesLauncher",
                        folder.toString()))
                .inheritIO()
                .start();
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IllegalStateException("the measurement ended with " + exit);
        }
    }
}
