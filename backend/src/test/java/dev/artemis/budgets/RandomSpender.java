package dev.artemis.budgets;

import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.idempotency.KeptAnswer;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.shared.Caller;
import dev.artemis.shared.EntryId;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.ReservationId;
import dev.artemis.shared.RunId;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.shared.UserId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    /** What was recorded without asking first: its stage. */
    static final String RECORDED = "recorded";

    /** The limits of a day that the second key has, one after the other, in US dollars. */
    static final List<String> CHANGING = List.of("0.6", "1.2");

    private static final List<UserId> MEMBERS = List.of(
            UserId.parse("5a1e0000-0000-4000-8000-000000000001"), UserId.parse("5a1e0000-0000-4000-8000-000000000002"));

    private final Budgets budgets;
    private final CorrectEntries correctEntries;
    private final Map<EntryId, ProjectId> spent = new LinkedHashMap<>();
    private final Purse purse;
    private final Random random;
    private final Listener listener;

    RandomSpender(Budgets budgets, CorrectEntries correctEntries, Purse purse, Random random, Listener listener) {
        this.budgets = budgets;
        this.correctEntries = correctEntries;
        this.purse = purse;
        this.random = random;
        this.listener = listener;
    }

    void operate() {
        ProjectId project = purse.projects().get(random.nextInt(purse.projects().size()));
        KeyId key = purse.keys().get(random.nextInt(purse.keys().size()));
        UserId member = random.nextInt(3) == 0 ? null : MEMBERS.get(random.nextInt(MEMBERS.size()));
        var caller = new Caller.ForProject(purse.tenant(), project, key, member, Set.of(), "test");
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> note(caller, budgets.track(caller, aCall()));
            case 3 -> trackUnderAKey(caller);
            case 4 ->
                budgets.trackAll(caller, List.of(aCall(), aCall(), aCall()), Repeatable.NEVER)
                        .forEach(admission -> note(caller, admission));
            case 5 -> settleAReservation(caller);
            case 6 -> {
                if (budgets.reserve(caller, aWish(Duration.ofHours(2)), Repeatable.NEVER)
                        instanceof Admission.Held held) {
                    budgets.release(caller, held.id());
                }
            }
            case 7 -> note(caller, budgets.track(caller, whatHasHappened()));
            case 8 -> correctSomething();
            case 9 -> changeALimit();
            default -> holdARun(caller);
        }
    }

    /** Up or down, by the least there is or by more than a call costs. */
    private void correctSomething() {
        if (spent.isEmpty()) {
            return;
        }
        List<EntryId> known = List.copyOf(spent.keySet());
        EntryId entry = known.get(random.nextInt(known.size()));
        var amount = new Usd(BigDecimal.valueOf(random.nextInt(2_000) - 1_000L, random.nextBoolean() ? Usd.SCALE : 4));
        if (!amount.isZero()) {
            Admission.Tracked correction = correctEntries.correct(
                    new Caller.Admin(null, "test"),
                    purse.tenant(),
                    Objects.requireNonNull(spent.get(entry)),
                    new Correction(entry, amount, "random"));
            listener.tracked(correction.id().toString());
        }
    }

    private void changeALimit() {
        Usd daily = Usd.of(CHANGING.get(random.nextInt(CHANGING.size())));
        budgets.setLimits(purse.tenant(), new Level.OfKey(purse.keys().get(1)), Limits.of(daily, null));
    }

    private void trackUnderAKey(Caller.ForProject caller) {
        String name = "key-" + random.nextInt(40);
        var request =
                IdempotentRequest.of(caller.tenant().value(), "/calls", name, name.getBytes(StandardCharsets.UTF_8));
        Admission admission = budgets.track(
                caller, aCallOf(name), new Repeatable(request, admissions -> switch (admissions.getFirst()) {
                    case Admission.Tracked tracked ->
                        new KeptAnswer(201, tracked.id().toString(), null);
                    default -> null;
                }));
        note(caller, admission);
        if (admission instanceof Admission.Tracked tracked) {
            listener.charged(name, tracked.id().toString());
        } else if (admission instanceof Admission.Replayed replayed) {
            listener.charged(name, replayed.body());
        }
    }

    /** Some settle at once, some leave their hold to expire when the clock moves, none above what was held. */
    private void settleAReservation(Caller.ForProject caller) {
        Admission admission = budgets.reserve(caller, aWish(Duration.ofHours(1)), Repeatable.NEVER);
        note(caller, admission);
        if (admission instanceof Admission.Held held && random.nextBoolean()) {
            note(
                    caller,
                    budgets.settle(
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
                caller.tenant(),
                caller.project(),
                caller.key(),
                caller.member(),
                run,
                "testing",
                "C-" + random.nextInt(3),
                most));
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

    private void note(Caller.ForProject caller, Admission admission) {
        if (admission instanceof Admission.Refused) {
            listener.refused();
        } else if (admission instanceof Admission.Tracked tracked) {
            listener.tracked(tracked.id().toString());
            spent.put(tracked.id(), caller.project());
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
        long input = random.nextInt(5_000);
        return aCall("stage-" + input % 3, input % 2 == 0 ? null : "C-" + input % 5, CallSpending.Mode.ENFORCE);
    }

    /** Its card is the key's name: a key that was charged twice is two entries of one card. */
    private CallSpending aCallOf(String key) {
        return aCall("stage-1", key, CallSpending.Mode.ENFORCE);
    }

    private CallSpending whatHasHappened() {
        return aCall(RECORDED, null, CallSpending.Mode.RECORD);
    }

    /** Half of them with all five counts. */
    private CallSpending aCall(String stage, @Nullable String card, CallSpending.Mode mode) {
        boolean cached = random.nextBoolean();
        Usage usage = cached
                ? new Usage(
                        random.nextInt(3_000),
                        random.nextInt(3_000),
                        random.nextInt(500),
                        random.nextInt(500),
                        random.nextInt(1_000))
                : Usage.of(random.nextInt(5_000), random.nextInt(2_000));
        String model = cached ? "claude-3-5-sonnet" : random.nextBoolean() ? "gpt-4o" : "gpt-4o-mini";
        return new CallSpending(
                ModelRef.of(model), usage, ServiceTier.STANDARD, new CallLabels(stage, null, card), null, mode);
    }

    static CallSpending aCall(String model, long input) {
        return new CallSpending(
                ModelRef.of(model),
                Usage.of(input, 0),
                ServiceTier.STANDARD,
                new CallLabels("stage-0", null, null),
                null,
                CallSpending.Mode.ENFORCE);
    }
}
