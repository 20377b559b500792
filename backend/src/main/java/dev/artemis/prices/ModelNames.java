package dev.artemis.prices;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How names of models and providers vary: dates at the end, other words for the same provider. */
final class ModelNames {

    /** Such as -2024-08-06, -20241022, @20241022, -0613, -latest, and Bedrock's -v1:0 behind one of them. */
    private static final Pattern SUFFIX =
            Pattern.compile("(.+?)(?:[-@](20\\d{2}-\\d{2}-\\d{2}|20\\d{6}|\\d{4}|latest))(?:-v\\d+(?::\\d+)?)?");

    private static final Pattern VARIANT_OF_VERTEX = Pattern.compile("vertex_ai-.*");

    private static final Map<String, String> PROVIDERS = Map.ofEntries(
            Map.entry("google", "gemini"),
            Map.entry("google-ai", "gemini"),
            Map.entry("google_ai_studio", "gemini"),
            Map.entry("vertex", "vertex_ai"),
            Map.entry("vertexai", "vertex_ai"),
            Map.entry("google-vertex", "vertex_ai"),
            Map.entry("aws", "bedrock"),
            Map.entry("amazon", "bedrock"),
            Map.entry("bedrock_converse", "bedrock"),
            Map.entry("bedrock_mantle", "bedrock"),
            Map.entry("azure-openai", "azure"),
            Map.entry("azure_openai", "azure"),
            Map.entry("azure_text", "azure"),
            Map.entry("x-ai", "xai"),
            Map.entry("mistralai", "mistral"),
            Map.entry("cohere_chat", "cohere"),
            Map.entry("text-completion-openai", "openai"),
            Map.entry("text-completion-codestral", "codestral"),
            Map.entry("text-completion-inception", "inception"),
            Map.entry("fireworks_ai-embedding-models", "fireworks_ai"),
            Map.entry("fireworks", "fireworks_ai"),
            Map.entry("together", "together_ai"));

    private ModelNames() {}

    /** The catalogue's name of a provider. */
    static String provider(String asked) {
        String lower = asked.toLowerCase(Locale.ROOT);
        if (VARIANT_OF_VERTEX.matcher(lower).matches()) {
            return "vertex_ai";
        }
        return PROVIDERS.getOrDefault(lower, lower);
    }

    /** The name without its date; empty where it has none. */
    static Optional<String> undated(String model) {
        Matcher matcher = SUFFIX.matcher(model);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** What to look for, best first: the name itself, in lower case, without its date. */
    static List<String> spellings(String model) {
        List<String> names = new ArrayList<>(List.of(model));
        String lower = model.toLowerCase(Locale.ROOT);
        if (!lower.equals(model)) {
            names.add(lower);
        }
        undated(lower).ifPresent(names::add);
        return names;
    }
}
