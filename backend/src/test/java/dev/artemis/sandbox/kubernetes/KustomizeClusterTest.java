package dev.artemis.sandbox.kubernetes;

import static dev.artemis.sandbox.kubernetes.Rendered.list;
import static dev.artemis.sandbox.kubernetes.Rendered.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * What {@link Rendered} makes of our kustomizations is what a real {@code kubectl kustomize} makes of them. The test cluster's kubectl carries a
 * kustomize that knows neither folders as resources nor {@code patches} nor {@code replicas}: it is given the same in the older words, and kinds that a
 * patch only deletes are left out here, since it deletes none that it does not know.
 */
@OnCluster
class KustomizeClusterTest {

    private static final Path K8S = Path.of("../k8s");
    private static final Path KUBECTL = Path.of(Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                    .orElse(System.getProperty("user.home") + "/.cache"))
            .resolve("k8s-test-cluster/dist/bin/kubectl");

    @TempDir
    private Path folder;

    @BeforeAll
    static void thereIsOne() {
        assumeTrue(Files.isExecutable(KUBECTL), () -> "no kubectl at " + KUBECTL + ": ./artemis cluster up brings it");
    }

    static Stream<Path> kustomizations() {
        return Manifests.kustomizations().stream().map(file -> K8S.relativize(file.getParent()));
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void whatTestsLookAtIsWhatAnOperatorApplies(Path kustomization) throws Exception {
        Map<Path, Set<Object>> deleted = inOlderWords();

        List<Map<String, Object>> real = kustomized(folder.resolve(kustomization)).stream()
                .filter(object -> !deleted.getOrDefault(kustomization, Set.of()).contains(Rendered.kind(object)))
                .toList();

        assertThat(real).isNotEmpty();
        assertThat(byName(Rendered.of(K8S.resolve(kustomization)))).isEqualTo(byName(real));
    }

    private static Map<String, Object> byName(List<Map<String, Object>> objects) {
        Map<String, Object> all = new TreeMap<>();
        objects.forEach(object -> assertThat(all.put(
                        Rendered.kind(object) + " "
                                + map(object.get("metadata")).get("namespace") + "/" + Rendered.name(object),
                        object))
                .isNull());
        return all;
    }

    private List<Map<String, Object>> kustomized(Path where) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors");
        Process kubectl = new ProcessBuilder(KUBECTL.toString(), "kustomize", where.toString())
                .redirectError(errors.toFile())
                .start();
        String text = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(kubectl.waitFor()).as(() -> Manifests.read(errors)).isZero();
        List<Map<String, Object>> objects = new ArrayList<>();
        new Yaml().loadAll(text).forEach(object -> objects.add(map(object)));
        return objects;
    }

    /** A copy of all. Returns the kinds that each would delete. */
    private Map<Path, Set<Object>> inOlderWords() throws IOException {
        Map<Path, Set<Object>> deleted = new LinkedHashMap<>();
        for (Path from :
                Manifests.kustomizations().stream().map(Path::getParent).toList()) {
            Path to = Files.createDirectories(folder.resolve(K8S.relativize(from)));
            try (Stream<Path> files = Files.list(from)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
            deleted.put(K8S.relativize(from), inOlderWords(to));
        }
        return deleted;
    }

    private static Set<Object> inOlderWords(Path there) throws IOException {
        Path file = there.resolve("kustomization.yaml");
        Map<String, Object> words = map(new Yaml().load(Manifests.read(file)));
        List<Object> resources = list(words.remove("resources"));
        words.put(
                "resources",
                resources.stream().filter(KustomizeClusterTest::isFile).toList());
        words.put("bases", resources.stream().filter(each -> !isFile(each)).toList());
        List<Object> patches = new ArrayList<>();
        Set<Object> deleted = new HashSet<>();
        for (Object each : list(words.remove("patches"))) {
            Map<String, Object> patch = map(each);
            if (patch.containsKey("target")) {
                assertThat(Rendered.text(patch, "patch")).startsWith("$patch: delete");
                deleted.add(map(patch.get("target")).get("kind"));
            } else if (patch.containsKey("path")) {
                patches.add(patch.get("path"));
            } else {
                patches.add(written(there, patches.size(), Rendered.text(patch, "patch")));
            }
        }
        for (Object count : list(words.remove("replicas"))) {
            patches.add(written(there, patches.size(), """
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: %s, namespace: artemis}
                    spec: {replicas: %s}
                    """.formatted(
                            map(count).get("name"), map(count).get("count"))));
        }
        words.put("patchesStrategicMerge", patches);
        Files.writeString(file, new Yaml().dump(words));
        return deleted;
    }

    private static boolean isFile(Object resource) {
        return resource.toString().endsWith(".yaml");
    }

    private static String written(Path there, int number, String patch) throws IOException {
        String name = "patch-" + number + ".yaml";
        Files.writeString(there.resolve(name), patch);
        return name;
    }
}
