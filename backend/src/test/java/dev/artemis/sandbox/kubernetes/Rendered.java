package dev.artemis.sandbox.kubernetes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/**
 * What {@code kubectl apply -k} would send: resources with patches, images and replicas. Knows what our kustomizations use, and
 * refuses anything else, so that a test never looks at less than an operator gets.
 */
final class Rendered {

    private Rendered() {}

    static List<Map<String, Object>> of(Path folder) {
        Map<String, Object> kustomization = map(new Yaml().load(Manifests.read(folder.resolve("kustomization.yaml"))));
        List<Map<String, Object>> objects = new ArrayList<>();
        for (Object resource : list(kustomization.remove("resources"))) {
            Path path = folder.resolve(resource.toString()).normalize();
            if (path.toString().endsWith(".yaml")) {
                new Yaml().loadAll(Manifests.read(path)).forEach(object -> objects.add(map(object)));
            } else {
                objects.addAll(of(path));
            }
        }
        list(kustomization.remove("patches")).forEach(patch -> patch(folder, map(patch), objects));
        list(kustomization.remove("replicas")).forEach(count -> replicas(map(count), objects));
        // tags of images are the operator's, and every object says its namespace itself
        List.of("apiVersion", "kind", "images", "namespace").forEach(kustomization::remove);
        if (!kustomization.isEmpty()) {
            throw new IllegalStateException(folder + ": not known here: " + kustomization.keySet());
        }
        return objects;
    }

    static String kind(Map<String, Object> object) {
        return String.valueOf(object.get("kind"));
    }

    static String name(Map<String, Object> object) {
        return String.valueOf(map(object.get("metadata")).get("name"));
    }

    /** An object of another namespace, or a patch without one, is another object. */
    private static @Nullable Object namespace(Map<String, Object> object) {
        return map(object.get("metadata")).get("namespace");
    }

    private static void patch(Path folder, Map<String, Object> patch, List<Map<String, Object>> objects) {
        Map<String, Object> wanted = map(new Yaml()
                .load(
                        patch.containsKey("path")
                                ? Manifests.read(folder.resolve(text(patch, "path")))
                                : text(patch, "patch")));
        if (patch.containsKey("target")) {
            Object kind = map(patch.get("target")).get("kind");
            if (!"delete".equals(wanted.get("$patch")) || kind == null) {
                throw new IllegalStateException("not known here: " + patch);
            }
            objects.removeIf(object -> kind.equals(kind(object)));
            return;
        }
        Map<String, Object> patched = objects.stream()
                .filter(object -> kind(object).equals(kind(wanted))
                        && name(object).equals(name(wanted))
                        && Objects.equals(namespace(object), namespace(wanted)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing to patch: " + wanted));
        merge(patched, wanted);
    }

    private static void merge(Map<String, Object> into, Map<String, Object> from) {
        from.forEach((key, value) -> {
            if (value instanceof Map<?, ?> && into.get(key) instanceof Map<?, ?> before) {
                Map<String, Object> merged = new LinkedHashMap<>(map(before));
                merge(merged, map(value));
                into.put(key, merged);
            } else {
                into.put(key, value);
            }
        });
    }

    private static void replicas(Map<String, Object> count, List<Map<String, Object>> objects) {
        objects.stream()
                .filter(object ->
                        kind(object).equals("Deployment") && name(object).equals(count.get("name")))
                .forEach(object -> map(object.get("spec")).put("replicas", count.get("count")));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    static String text(Map<String, Object> map, String key) {
        return Objects.requireNonNull(map.get(key), key).toString();
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(@Nullable Object value) {
        return value == null ? List.of() : (List<Object>) value;
    }
}
