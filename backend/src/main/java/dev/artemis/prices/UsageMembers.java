package dev.artemis.prices;

import dev.artemis.shared.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The members of a usage object, by dotted path; a member that is null counts as left out. */
final class UsageMembers {

    private final JsonNode usage;
    private final List<UnpricedPart> unpriced = new ArrayList<>();

    UsageMembers(JsonNode usage) {
        if (!usage.isObject()) {
            throw Problem.notAllowed("usage", "an object");
        }
        this.usage = usage;
    }

    boolean has(String path) {
        JsonNode node = at(path);
        return !node.isMissingNode() && !node.isNull();
    }

    long countOrZero(String path) {
        return has(path) ? count(path) : 0;
    }

    long count(String path) {
        JsonNode node = at(path);
        require(!node.isMissingNode() && !node.isNull(), path, "is missing");
        return count(node, path);
    }

    private long count(JsonNode node, String path) {
        require(node.isIntegralNumber(), path, "a whole number");
        require(
                node.canConvertToLong() && node.longValue() >= 0 && node.longValue() <= Usage.MAX_TOKENS,
                path,
                "0 to " + Usage.MAX_TOKENS);
        return node.longValue();
    }

    String text(String path) {
        JsonNode node = at(path);
        require(node.isString(), path, "a text");
        return node.stringValue();
    }

    /** What was found that has no rate. */
    List<UnpricedPart> unpriced() {
        return unpriced;
    }

    /** A count of something that has no rate: it may be there, and be 0. */
    void unpriced(String path, String why) {
        unpriced(path, countOrZero(path), why);
    }

    void unpriced(String path, long count, String why) {
        if (count > 0) {
            unpriced.add(new UnpricedPart("usage." + path, count, why));
        }
    }

    /** The same for one of Gemini's lists of {@code {modality, tokenCount}}. */
    void unpricedModalities(String path, Set<String> modalities, String why) {
        JsonNode details = at(path);
        if (!details.isArray()) {
            return;
        }
        long sum = 0;
        for (JsonNode detail : details) {
            JsonNode count = detail.path("tokenCount");
            boolean named = modalities.contains(detail.path("modality").asString(""));
            if (named && !count.isMissingNode()) {
                sum += count(count, path);
            }
        }
        unpriced(path, Math.min(sum, Usage.MAX_TOKENS), why);
    }

    void require(boolean condition, String path, String message) {
        if (!condition) {
            throw Problem.notAllowed("usage." + path, message);
        }
    }

    private JsonNode at(String path) {
        JsonNode node = usage;
        for (String step : path.split("\\.")) {
            if (!node.isObject()) {
                require(node.isMissingNode() || node.isNull(), path, "is within something that is no object");
                return MissingNode.getInstance();
            }
            node = node.path(step);
        }
        return node;
    }
}
