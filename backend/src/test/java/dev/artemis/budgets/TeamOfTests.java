package dev.artemis.budgets;

import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import java.util.UUID;

/** Fresh teams, and what they ask for. */
record TeamOfTests(Tenants tenants, Projects projects) {

    Caller.ForProject caller(String zone) {
        Tenant tenant = tenants.create(new Slug("money-" + UUID.randomUUID()), "Team", ZoneId.of(zone));
        return new Caller.ForProject(
                tenant.id(),
                projects.create(tenant.id(), new Slug("shop"), "Shop").id(),
                KeyId.random(),
                null,
                Set.of(),
                "test");
    }

    /** Costs $0.0325. */
    static CallSpending bigCall(CallSpending.Mode mode) {
        return call("gpt-4o", Usage.of(5_000, 2_000), mode);
    }

    static CallSpending call(String model, Usage usage, CallSpending.Mode mode) {
        return new CallSpending(
                ModelRef.of(model), usage, ServiceTier.STANDARD, new CallLabels("development", null, null), null, mode);
    }

    /** Holds at most what the model asks for 5,000 and 2,000 tokens, for ten minutes. */
    static ReservationWish wish(String model) {
        return new ReservationWish(
                ModelRef.of(model),
                Usage.of(5_000, 2_000),
                ServiceTier.STANDARD,
                new CallLabels("planning", null, null),
                Duration.ofMinutes(10));
    }
}
