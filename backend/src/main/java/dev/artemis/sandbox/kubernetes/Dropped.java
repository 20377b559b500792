package dev.artemis.sandbox.kubernetes;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which fields of a Job a cluster did not keep: what it does not know it drops in silence, and a webhook may change the rest. Pure. */
final class Dropped {

    /** Without these a run is held all the same: the isolation says what is lacking, or a Job is only tidied away later. */
    private static final Set<String> HARMLESS =
            Set.of("podReplacementPolicy", "ttlSecondsAfterFinished", "template.spec.hostUsers");

    /** Absent means true, so that a false that is dropped opens something. */
    private static final Set<String> TRUE_WHERE_ABSENT =
            Set.of("automountServiceAccountToken", "enableServiceLinks", "allowPrivilegeEscalation", "hostUsers");

    /** Whose values hold a run, and which nobody has a reason to change. */
    private static final Set<String> HOLDING = Set.of(
            "suspend",
            "backoffLimit",
            "restartPolicy",
            "serviceAccountName",
            "automountServiceAccountToken",
            "hostNetwork",
            "hostPID",
            "hostIPC",
            "shareProcessNamespace",
            "runtimeClassName",
            "dnsPolicy");

    /** What every Job of ours says alike, whatever is set. */
    private static final Set<String> SET_BY_NOBODY = Set.of(
            "backoffLimit",
            "restartPolicy",
            "automountServiceAccountToken",
            "enableServiceLinks",
            "hostNetwork",
            "hostPID",
            "hostIPC",
            "shareProcessNamespace");

    private static final Set<String> USER = Set.of("runAsUser", "runAsGroup");

    private final List<String> absent = new ArrayList<>();
    private final List<String> changed = new ArrayList<>();

    private Dropped() {}

    /** Paths within the Job's spec that were sent and did not come back. */
    static List<String> between(V1Job sent, V1Job kept) {
        return List.copyOf(compared(sent, kept).absent);
    }

    /** Those without which a run would not be held as it should be: absent, or with another value. */
    static List<String> unsafe(V1Job sent, V1Job kept) {
        Dropped dropped = compared(sent, kept);
        List<String> open = new ArrayList<>(dropped.changed);
        dropped.absent.stream().filter(path -> !HARMLESS.contains(path)).forEach(open::add);
        return List.copyOf(open);
    }

    /** Whether a path is one that no setting has a part in. The user is another one where a pod has users of its own. */
    static boolean isSetByNobody(String path) {
        String field = path.substring(path.lastIndexOf('.') + 1);
        return !USER.contains(field) && (path.contains("securityContext.") || SET_BY_NOBODY.contains(field));
    }

    private static Dropped compared(V1Job sent, V1Job kept) {
        Dropped dropped = new Dropped();
        dropped.compare(
                "", JSON.getGson().toJsonTree(sent.getSpec()), JSON.getGson().toJsonTree(kept.getSpec()));
        return dropped;
    }

    private void compare(String path, JsonElement sent, JsonElement kept) {
        if (sent.isJsonObject() && kept.isJsonObject()) {
            for (Map.Entry<String, JsonElement> field : sent.getAsJsonObject().entrySet()) {
                JsonObject there = kept.getAsJsonObject();
                String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
                if (there.has(field.getKey())) {
                    compare(name, field.getValue(), there.get(field.getKey()));
                } else if (!isNothing(field.getKey(), field.getValue())) {
                    absent.add(name);
                }
            }
        } else if (sent.isJsonArray()
                && kept.isJsonArray()
                && sent.getAsJsonArray().size() == kept.getAsJsonArray().size()) {
            for (int at = 0; at < sent.getAsJsonArray().size(); at++) {
                compare(
                        path,
                        sent.getAsJsonArray().get(at),
                        kept.getAsJsonArray().get(at));
            }
        } else if (holds(path) && !sent.equals(kept)) {
            changed.add(path);
        }
    }

    private static boolean holds(String path) {
        return path.contains("securityContext.") || HOLDING.contains(path.substring(path.lastIndexOf('.') + 1));
    }

    /** False, empty and null are what an absent field means, save of some. */
    private static boolean isNothing(String field, JsonElement value) {
        return value.isJsonNull()
                || (value.isJsonPrimitive()
                        && value.getAsString().equals("false")
                        && !TRUE_WHERE_ABSENT.contains(field))
                || (value.isJsonArray() && value.getAsJsonArray().isEmpty());
    }
}
