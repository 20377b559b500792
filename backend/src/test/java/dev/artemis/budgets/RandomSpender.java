package dev.artemis.budgets;

import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.idempotency.KeptAnswer;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.shared.Caller;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.ReservationId;
import dev.artemis.shared.RunId;
import dev.artemis.shared.TenantId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Does what callers do, in any order, and tells what it was answered. */
final class RandomSpender {

    /** Whose money is spent. */
    record Purse(TenantId tenant, List<ProjectId> projects, List<KeyId> keys) {}

    /** Hears what was answered, after the commit. */
    interface Listener {

        /** An entry is in the ledger. */
        void tracked(String entry);

        /** The entry that an idempotency key stands for. */
        void charged(String key, String entry);

        void refused();
    }

    private final Budgets budgets;
    private final Purse purse;
    private final Random random;
    private final Listener listener;

    RandomSpender(Budgets budgets, Purse purse, Random random, Listener listener) {
        this.budgets = budgets;
        this.purse = purse;
        this.random = random;
        this.listener = listener;
    }

    void operate() {
        ProjectId project = purse.projects().get(random.nextInt(purse.projects().size()));
        KeyId key = purse.keys().get(random.nextInt(purse.keys().size()));
        var caller = new Caller.ForProject(purse.tenant(), project, key, null, Set.of(), "test");
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> note(budgets.track(caller, aCall()));
            case 3 -> trackUnderAKey(caller);
            case 4 ->
                budgets.trackAll(caller, List.of(aCall(), aCall(), aCall()), Repeatable.NEVER)
                        .forEach(this::note);
            case 5 -> settleAReservation(caller);
            case 6 -> {
                if (budgets.reserve(caller, aWish(Duration.ofHours(2)), Repeatable.NEVER)
                        instanceof Admission.Held held) {
                    budgets.release(caller, held.id());
                }
            }
            default -> holdARun(caller);
        }
    }

    private void trackUnderAKey(Caller.ForProject caller) {
        String name = "key-" + random.nextInt(40);
        var request =
                IdempotentRequest.of(caller.tenant().value(), "/calls", name, name.getBytes(StandardCharsets.UTF_8));
        Admission admission =
                budgets.track(caller, aCall(), new Repeatable(request, admissions -> switch (admissions.getFirst()) {
                    case Admission.Tracked tracked ->
                        new KeptAnswer(201, tracked.id().toString(), null);
                    default -> null;
                }));
        note(admission);
        if (admission instanceof Admission.Tracked tracked) {
            listener.charged(name, tracked.id().toString());
        } else if (admission instanceof Admission.Replayed replayed) {
            listener.charged(name, replayed.body());
        }
    }

    /** Some settle at once, some leave their hold to expire when the clock moves, none above what was held. */
    private void settleAReservation(Caller.ForProject caller) {
        Admission admission = budgets.reserve(caller, aWish(Duration.ofHours(1)), Repeatable.NEVER);
        note(admission);
        if (admission instanceof Admission.Held held && random.nextBoolean()) {
            note(budgets.settle(
                    caller,
                    new ReservationId(held.id().value()),
                    Settlement.of(Usage.of(random.nextInt(1000), random.nextInt(100))),
                    tracked -> "{}",
                    Repeatable.NEVER));
        }
    }

    private void holdARun(Caller.ForProject caller) {
        RunId run = RunId.random();
        var most = new ComputeUsage(BigDecimal.valueOf(random.nextInt(20_000)), BigDecimal.TEN);
        RunHolding holding = budgets.holdForRun(new RunHold(
                caller.tenant(), caller.project(), caller.key(), null, run, "testing", "C-" + random.nextInt(3), most));
        if (holding instanceof RunHolding.Held) {
            if (random.nextInt(4) == 0) {
                budgets.releaseRun(caller.tenant(), run);
            } else if (random.nextInt(4) != 0) {
                budgets.settleRun(
                        caller.tenant(),
                        run,
                        new ComputeUsage(BigDecimal.valueOf(random.nextInt(30_000)), BigDecimal.ONE));
            }
        }
    }

    private void note(Admission admission) {
        if (admission instanceof Admission.Refused) {
            listener.refused();
        } else if (admission instanceof Admission.Tracked tracked) {
            listener.tracked(tracked.id().toString());
        }
    }

    private ReservationWish aWish(Duration timeToLive) {
        return new ReservationWish(
                ModelRef.of("gpt-4o"),
                Usage.of(1000 + random.nextInt(1000), 100 + random.nextInt(500)),
                ServiceTier.STANDARD,
                new CallLabels("planning", null, null),
                timeToLive);
    }

    private CallSpending aCall() {
        return aCall(random.nextBoolean() ? "gpt-4o" : "gpt-4o-mini", random.nextInt(5_000), random.nextInt(2_000));
    }

    static CallSpending aCall(String model, long input, long output) {
        return new CallSpending(
                ModelRef.of(model),
                Usage.of(input, output),
                ServiceTier.STANDARD,
                new CallLabels("stage-" + input % 3, null, input % 2 == 0 ? null : "C-" + input % 5),
                null,
                CallSpending.Mode.ENFORCE);
    }
}
