package dev.artemis.providers;

import dev.artemis.configuration.Finding;
import dev.artemis.configuration.StartupCheck;
import dev.artemis.outbound.OutboundHttp;
import dev.artemis.outbound.OutboundHttp.Reach;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.core.env.Environment;

/**
 * The platform's own default provider and key, {@code artemis.llm.*}: known, well formed, accepted. Nothing is wrong where
 * none is named. A provider that does not answer is weather, and no reason not to start.
 */
class LlmProviderCheck implements StartupCheck {

    private static final String SUBJECT = "LLM provider";
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Environment environment;

    LlmProviderCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public List<Finding> findings() {
        String name = environment.getProperty("artemis.llm.provider", "").strip();
        String key = environment.getProperty("artemis.llm.key", "").strip();
        String base = environment.getProperty("artemis.llm.base-url", "").strip();
        if (name.isEmpty() && key.isEmpty() && base.isEmpty()) {
            return List.of(Finding.pass(SUBJECT, "none is named; teams bring their own"));
        }
        Provider provider;
        try {
            provider = Provider.of(name);
        } catch (IllegalArgumentException e) {
            return List.of(Finding.fail(
                    SUBJECT,
                    name.isEmpty() ? "a key or an address, but no provider" : "\"" + name + "\" is none that is known",
                    "Set ARTEMIS_LLM_PROVIDER to " + e.getMessage() + "."));
        }
        if (key.isEmpty()) {
            return List.of(Finding.fail(SUBJECT, provider + ", but no key", "Set ARTEMIS_LLM_KEY."));
        }
        if (!provider.accepts(key)) {
            return List.of(Finding.fail(
                    SUBJECT,
                    "ARTEMIS_LLM_KEY is no key of " + provider,
                    "Set it to one: such a key " + provider.formInWords() + "."));
        }
        return List.of(address(provider, base, key));
    }

    private static Finding address(Provider provider, String base, String key) {
        try {
            URI uri = base.isEmpty() ? provider.home().orElse(null) : URI.create(base);
            if (uri != null && OutboundHttp.fault(uri, Reach.ANYWHERE).isEmpty()) {
                return asked(provider, uri, key);
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        return Finding.fail(
                SUBJECT,
                base.isEmpty()
                        ? provider + " has an address of its own for each customer"
                        : "ARTEMIS_LLM_BASE_URL is no address",
                "Set ARTEMIS_LLM_BASE_URL to https://…");
    }

    private static Finding asked(Provider provider, URI base, String key) {
        KeyVerdict verdict = new AskProvider(new OutboundHttp(PATIENCE, Reach.ANYWHERE)).about(provider, base, key);
        String detail = provider + " at " + base.getHost() + ": " + verdict.detail();
        return switch (verdict.status()) {
            case ACCEPTED -> Finding.pass(SUBJECT, detail);
            case REJECTED -> Finding.fail(SUBJECT, detail, "Set ARTEMIS_LLM_KEY to a key that is good.");
            case NO_QUOTA -> Finding.warn(SUBJECT, detail, "Pay the provider, or raise the key's quota.");
            case UNREACHABLE ->
                Finding.warn(SUBJECT, detail, "Let this machine reach it, or mend ARTEMIS_LLM_BASE_URL.");
        };
    }
}
