package dev.artemis.providers;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who offers models: what its keys look like, and where it lists its models to whoever holds one. */
public enum Provider {
    OPENAI(
            "openai",
            "https://api.openai.com/v1",
            "sk-(?!ant-)[A-Za-z0-9_-]{20,400}",
            "begins with sk- and has no other characters than letters, digits, - and _"),
    ANTHROPIC(
            "anthropic",
            "https://api.anthropic.com/v1",
            "sk-ant-[A-Za-z0-9_-]{20,400}",
            "begins with sk-ant- and has no other characters than letters, digits, - and _"),
    GOOGLE(
            "google",
            "https://generativelanguage.googleapis.com/v1beta",
            "AIza[A-Za-z0-9_-]{35}|AQ\\.[A-Za-z0-9_-]{20,400}",
            "AIza and 35 characters more, or AQ. and more"),
    AZURE_OPENAI("azure-openai", null, "[0-9a-fA-F]{32}|[A-Za-z0-9]{84}", "32 or 84 letters and digits"),
    MISTRAL("mistral", "https://api.mistral.ai/v1", "[A-Za-z0-9]{32}", "32 letters and digits"),
    OPENAI_COMPATIBLE("openai-compatible", null, "[!-~]{4,500}", "4 to 500 printable characters without spaces");

    private static final String ANTHROPIC_VERSION = "2023-06-01";
    private static final String AZURE_VERSION = "2024-10-21";

    private final String text;
    private final @Nullable String home;
    private final Pattern form;
    private final String formInWords;

    Provider(String text, @Nullable String home, String form, String formInWords) {
        this.text = text;
        this.home = home;
        this.form = Pattern.compile(form);
        this.formInWords = formInWords;
    }

    /**
     * Reads the API's name of a provider.
     *
     * @throws IllegalArgumentException there is none of that name
     */
    @JsonCreator
    public static Provider of(String text) {
        return Arrays.stream(values())
                .filter(provider -> provider.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "one of openai, anthropic, google, azure-openai, mistral, openai-compatible"));
    }

    /** Its own address; empty where each customer has another. */
    public Optional<URI> home() {
        return Optional.ofNullable(home).map(URI::create);
    }

    /** Whether a secret looks like one of its keys. */
    public boolean accepts(String secret) {
        return form.matcher(secret).matches();
    }

    /** What its keys look like, for people. */
    public String formInWords() {
        return formInWords;
    }

    /** Where it lists its models. */
    URI models(URI base) {
        String stem = base.toString().replaceAll("/+$", "");
        return switch (this) {
            case OPENAI, ANTHROPIC, GOOGLE, MISTRAL, OPENAI_COMPATIBLE -> URI.create(stem + "/models");
            case AZURE_OPENAI -> URI.create(stem + "/openai/models?api-version=" + AZURE_VERSION);
        };
    }

    /** How it wants to be shown a key. */
    Map<String, String> headers(String secret) {
        return switch (this) {
            case OPENAI, MISTRAL, OPENAI_COMPATIBLE -> Map.of("Authorization", "Bearer " + secret);
            case ANTHROPIC -> Map.of("x-api-key", secret, "anthropic-version", ANTHROPIC_VERSION);
            case GOOGLE -> Map.of("x-goog-api-key", secret);
            case AZURE_OPENAI -> Map.of("api-key", secret);
        };
    }

    @Override
    @JsonValue
    public String toString() {
        return text;
    }
}
