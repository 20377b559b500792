package dev.artemis.prices;

import dev.artemis.shared.Caller;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks what calls cost, and makes prices of models that no other test knows. */
record AskedPrices(Prices prices) {

    static final Caller.Admin ADMIN = new Caller.Admin(null, "admin@test");
    static final Instant NOW = Instant.now();

    private static final AtomicInteger count = new AtomicInteger();

    /** A name that begins so and is nobody else's. */
    static String fresh(String name) {
        return name + "-" + count.incrementAndGet();
    }

    static NewPrice from(String model, Rates rates, Instant validFrom) {
        return new NewPrice("openai", model, Tariff.of(rates), validFrom, null, false, List.of());
    }

    /** Behind everything that a test wrote. */
    static Instant later() {
        return Instant.now().plusSeconds(1);
    }

    /** The community's list. */
    static InputStream list(String members) {
        return new ByteArrayInputStream(("{" + members + "}").getBytes(StandardCharsets.UTF_8));
    }

    /** A model in it, of the provider "x". */
    static String listed(String model, String input, String output, String... others) {
        return """
                "%s": {"litellm_provider": "x", "input_cost_per_token": %s, "output_cost_per_token": %s%s}""".formatted(model, input, output, others.length == 0 ? "" : ", " + String.join(", ", others));
    }

    /** What a token of input costs. */
    String inputCost(String model, Instant at) {
        Pricing pricing = prices.price(ModelRef.of(model), Usage.of(1, 0), ServiceTier.STANDARD, at);
        return ((Pricing.Priced) pricing).cost().total().toString();
    }

    /** What the call of the contract's example costs. */
    String cost(String model, ServiceTier tier) {
        Pricing pricing = prices.price(ModelRef.of(model), Usage.of(5_000, 2_000), tier, NOW);
        return ((Pricing.Priced) pricing).cost().total().toString();
    }

    Pricing.Priced priced(String model, Usage usage) {
        return priced(ModelRef.of(model), usage);
    }

    Pricing.Priced priced(ModelRef model, Usage usage) {
        return (Pricing.Priced) prices.price(model, usage, ServiceTier.STANDARD, later());
    }
}
