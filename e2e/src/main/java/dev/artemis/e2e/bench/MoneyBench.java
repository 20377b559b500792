package dev.artemis.e2e.bench;

import dev.artemis.e2e.TemporaryHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * How many calls a second are admitted, against all their limits and durably, beside the plain way to do it, beside an
 * endpoint that does nothing, and beside raw inserts.
 *
 * <p>Runs {@link MoneyInside} in a process that has the packaged server on its class path.
 */
final class MoneyBench {

    private MoneyBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (TemporaryHome home = TemporaryHome.create()) {
            Path classes = Path.of(MoneyBench.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath());
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Dloader.path=" + classes,
                            "-Dloader.main=" + MoneyInside.class.getName(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("artemis.jar"),
                            "org.springframework.boot.loader.launch.PropertiesLauncher",
                            home.path().toString()))
                    .inheritIO()
                    .start();
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IllegalStateException("the measurement ended with " + exit);
            }
        }
    }
}
