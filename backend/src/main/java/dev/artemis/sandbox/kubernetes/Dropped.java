package dev.artemis.sandbox.kubernetes;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which fields of a Job a cluster did not keep. Pure. */
final class Dropped {

    private Dropped() {}

    /** Paths within the Job's spec that were sent and did not come back. */
    static List<String> between(V1Job sent, V1Job kept) {
        List<String> paths = new ArrayList<>();
        compare("", JSON.getGson().toJsonTree(sent.getSpec()), JSON.getGson().toJsonTree(kept.getSpec()), paths);
        return List.copyOf(paths);
    }

    private static void compare(String path, JsonElement sent, JsonElement kept, List<String> paths) {
        if (sent.isJsonObject() && kept.isJsonObject()) {
            for (Map.Entry<String, JsonElement> field : sent.getAsJsonObject().entrySet()) {
                JsonObject there = kept.getAsJsonObject();
                String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
                if (there.has(field.getKey())) {
                    compare(name, field.getValue(), there.get(field.getKey()), paths);
                } else if (!isNothing(field.getValue())) {
                    paths.add(name);
                }
            }
        } else if (sent.isJsonArray()
                && kept.isJsonArray()
                && sent.getAsJsonArray().size() == kept.getAsJsonArray().size()) {
            for (int at = 0; at < sent.getAsJsonArray().size(); at++) {
                compare(
                        path,
                        sent.getAsJsonArray().get(at),
                        kept.getAsJsonArray().get(at),
                        paths);
            }
        }
    }

    /** False, empty and null are what an absent field means. */
    private static boolean isNothing(JsonElement value) {
        return value.isJsonNull()
                || (value.isJsonPrimitive() && value.getAsString().equals("false"))
                || (value.isJsonArray() && value.getAsJsonArray().isEmpty());
    }
}
