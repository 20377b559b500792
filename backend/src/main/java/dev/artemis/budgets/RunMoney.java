package dev.artemis.budgets;

import dev.artemis.ledger.Labels;
import dev.artemis.ledger.Payer;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.RunId;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sandbox compute as money. Every step joins the transaction of its caller: run and money change together. */
@Component
class RunMoney {

    static final String PROVIDER = "artemis";
    static final String MODEL = "sandbox";
    private static final String DEFAULT_STAGE = "sandbox";

    private final AdmitOrders admitOrders;
    private final TillRows rows;
    private final Labels labels;
    private final TenantTransactions transactions;

    RunMoney(AdmitOrders admitOrders, TillRows rows, Labels labels, TenantTransactions transactions) {
        this.admitOrders = admitOrders;
        this.rows = rows;
        this.labels = labels;
        this.transactions = transactions;
    }

    RunHolding hold(RunHold wish) {
        String stage = wish.stage() == null ? DEFAULT_STAGE : wish.stage();
        Set<String> texts = new LinkedHashSet<>(List.of(stage, PROVIDER, MODEL));
        if (wish.card() != null) {
            texts.add(wish.card());
        }
        return transactions.inTenant(wish.tenant(), () -> {
            Map<String, Integer> numbers = labels.numbers(wish.tenant(), texts);
            Admission admission = admit(
                    wish.tenant(),
                    new Order.HoldForRun(
                            wish.run().value(),
                            new Payer(wish.project(), wish.key(), wish.member()),
                            Objects.requireNonNull(numbers.get(stage)),
                            wish.card() == null ? null : numbers.get(wish.card()),
                            wish.most()));
            return switch (admission) {
                case Admission.Held held -> new RunHolding.Held(held.reserved());
                case Admission.Refused refused -> new RunHolding.Refused(refused);
                case Admission.Suspended _ -> new RunHolding.Suspended();
                case Admission.Tracked _,
                        Admission.Unpriced _,
                        Admission.NotAllowed _,
                        Admission.UnknownHold _,
                        Admission.AlreadyReleased _,
                        Admission.AlreadySettled _,
                        Admission.Released _,
                        Admission.Replayed _,
                        Admission.KeyConflict _ ->
                    throw new IllegalStateException("A run's hold was answered with " + admission);
            };
        });
    }

    Usd settle(TenantId tenant, RunId run, ComputeUsage used) {
        return transactions.inTenant(tenant, () -> {
            Map<String, Integer> numbers = labels.numbers(tenant, List.of(PROVIDER, MODEL));
            Admission admission = admit(
                    tenant,
                    new Order.SettleRun(
                            run.value(),
                            Objects.requireNonNull(numbers.get(MODEL)),
                            Objects.requireNonNull(numbers.get(PROVIDER)),
                            used));
            return switch (admission) {
                case Admission.Tracked tracked -> tracked.cost();
                case Admission.AlreadySettled _ -> settledBefore(tenant, run);
                case Admission.Held _,
                        Admission.Refused _,
                        Admission.Suspended _,
                        Admission.Unpriced _,
                        Admission.NotAllowed _,
                        Admission.UnknownHold _,
                        Admission.AlreadyReleased _,
                        Admission.Released _,
                        Admission.Replayed _,
                        Admission.KeyConflict _ ->
                    throw new IllegalStateException("Run " + run + " cannot be settled: " + admission);
            };
        });
    }

    void release(TenantId tenant, RunId run) {
        transactions.inTenant(tenant, () -> {
            admit(tenant, new Order.Release(run.value(), null));
        });
    }

    private Usd settledBefore(TenantId tenant, RunId run) {
        @Nullable HoldRow hold = rows.hold(tenant, run.value());
        if (hold == null || hold.cost() == null) {
            throw new IllegalStateException("Run " + run + " was settled without a cost");
        }
        return hold.cost();
    }

    private Admission admit(TenantId tenant, Order order) {
        return admitOrders
                .admit(tenant, List.of(Submission.once(order)))
                .getFirst()
                .getFirst();
    }
}
