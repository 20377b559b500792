package dev.artemis.sandbox.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The YAML files under k8s/, as they are in the source tree. */
final class Manifests {

    private static final Path K8S = Path.of("../k8s");

    private Manifests() {}

    /** One object of a file. */
    record Manifest(String file, String yaml) {

        @Override
        public String toString() {
            return file + ": "
                    + yaml.lines()
                            .filter(line -> line.startsWith("kind:"))
                            .findFirst()
                            .orElse("?");
        }
    }

    /** All objects that an operator applies; kustomizations are none. */
    static List<Manifest> all() {
        return files().stream()
                .filter(file -> !file.endsWith("kustomization.yaml"))
                .flatMap(file -> Arrays.stream(read(file).split("(?m)^---\\n", -1))
                        .map(yaml -> new Manifest(K8S.relativize(file).toString(), yaml)))
                .toList();
    }

    static List<Manifest> of(String folder) {
        return all().stream().filter(one -> one.file().startsWith(folder + "/")).toList();
    }

    static List<Path> kustomizations() {
        return files().stream()
                .filter(file -> file.endsWith("kustomization.yaml"))
                .toList();
    }

    private static List<Path> files() {
        try (Stream<Path> files = Files.walk(K8S)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.startsWith(K8S.resolve("test-cluster")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
