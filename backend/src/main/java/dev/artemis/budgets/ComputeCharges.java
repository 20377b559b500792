package dev.artemis.budgets;

import dev.artemis.ledger.Charges;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant.ComputeRates;

/** What sandbox compute costs at a tenant's rates. */
final class ComputeCharges {

    private ComputeCharges() {}

    static Charges of(ComputeUsage usage, ComputeRates rates) {
        return Charges.ofRun(cpu(usage, rates), gib(usage, rates));
    }

    /** At most {@code cap}: what exceeds it is taken off memory first. */
    static Charges atMost(Usd cap, ComputeUsage usage, ComputeRates rates) {
        Usd cpu = cpu(usage, rates).min(cap);
        return Charges.ofRun(cpu, gib(usage, rates).min(cap.minus(cpu)));
    }

    private static Usd cpu(ComputeUsage usage, ComputeRates rates) {
        return Usd.rounded(rates.cpuSecond().amount().multiply(usage.cpuSeconds()));
    }

    private static Usd gib(ComputeUsage usage, ComputeRates rates) {
        return Usd.rounded(rates.gibSecond().amount().multiply(usage.gibSeconds()));
    }
}
