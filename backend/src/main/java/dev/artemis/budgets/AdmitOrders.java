package dev.artemis.budgets;

import dev.artemis.idempotency.Idempotency;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.idempotency.KeptAnswer;
import dev.artemis.notices.Changes;
import dev.artemis.persistence.Pipeline;
import dev.artemis.shared.TenantId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The core: admits what several callers of one tenant ask for, in order, on the transaction that runs. 1. lock the till
 * and read; 2. find kept answers; 3. decide; 4. write.
 */
@Component
class AdmitOrders {

    private static final Logger log = LoggerFactory.getLogger(AdmitOrders.class);

    private final TillRows rows;
    private final Changes changes;
    private final ApplicationEventPublisher events;

    AdmitOrders(TillRows rows, Changes changes, ApplicationEventPublisher events) {
        this.rows = rows;
        this.changes = changes;
        this.events = events;
    }

    /**
     * What was decided.
     *
     * @param answers of each submission: the admissions of its orders, or the one answer that was kept before
     * @param expired holds that gave their money back because their time was up
     */
    record Admitted(List<List<Admission>> answers, int expired) {}

    /**
     * Answers each submission with the admissions of its orders, or with the one answer that was kept before. Joins the
     * transaction that runs.
     */
    List<List<Admission>> admit(TenantId tenant, List<Submission> submissions) {
        Admitted admitted = admit(tenant, submissions, writing -> {});
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                tell(tenant, admitted);
            }
        });
        return admitted.answers();
    }

    /**
     * The same, and commits the transaction in the round trip of its writes. Nothing is told yet: see {@link #tell}, for when
     * the transaction is over.
     */
    Admitted admitAndCommit(TenantId tenant, List<Submission> submissions) {
        return admit(tenant, submissions, Pipeline::commit);
    }

    /**
     * Tells what was committed. Whoever listens cannot undo it, nor have it done again: what they throw is logged.
     */
    void tell(TenantId tenant, Admitted admitted) {
        try {
            changes.moneyMoved(tenant);
            if (admitted.expired() > 0) {
                events.publishEvent(new HoldsExpired(admitted.expired()));
            }
        } catch (RuntimeException e) {
            log.error("Money moved, but somebody who was told of it failed, tenant={}", tenant, e);
        }
    }

    private Admitted admit(TenantId tenant, List<Submission> submissions, Consumer<Pipeline> end) {
        List<IdempotentRequest> keyed = keyed(submissions);
        var found = new FindKept(keyed);
        OpenTill till = rows.open(tenant, levels(tenant, submissions), holds(submissions), found);
        Map<IdempotentRequest.Name, Idempotency.Kept> before = found.kept();
        var decide = new DecideOrders(till, () -> rows.loadMoreDue(till));
        decide.expireHolds();
        Map<IdempotentRequest, KeptAnswer> kept = new LinkedHashMap<>();
        List<List<Admission>> answers = new ArrayList<>(submissions.size());
        for (Submission submission : submissions) {
            IdempotentRequest request = submission.request();
            Idempotency.Kept first = request.key() == null ? null : before.get(request.name());
            if (first != null) {
                answers.add(List.of(replay(request, first)));
                continue;
            }
            List<Admission> admissions =
                    submission.orders().stream().map(decide::decide).toList();
            answers.add(admissions);
            KeptAnswer answer =
                    request.key() == null ? null : submission.answer().apply(admissions);
            if (answer != null) {
                kept.put(request, answer);
                before.put(request.name(), new Idempotency.Kept(request.fingerprint(), answer));
            }
        }
        rows.save(till, writing -> {
            Idempotency.keepAll(writing, tenant, kept);
            end.accept(writing);
        });
        return new Admitted(answers, decide.expired());
    }

    /** Reads kept answers in the round trip that reads the till. A till that was missing is read twice. */
    private static final class FindKept implements Consumer<Pipeline> {
        private final List<IdempotentRequest> keyed;
        private Pipeline.@Nullable Rows<Map.Entry<IdempotentRequest.Name, Idempotency.Kept>> rows;

        FindKept(List<IdempotentRequest> keyed) {
            this.keyed = keyed;
        }

        @Override
        public void accept(Pipeline reading) {
            rows = keyed.isEmpty() ? null : Idempotency.findAll(reading, keyed);
        }

        Map<IdempotentRequest.Name, Idempotency.Kept> kept() {
            Map<IdempotentRequest.Name, Idempotency.Kept> kept = new HashMap<>();
            if (rows != null) {
                rows.all().forEach(row -> kept.put(row.getKey(), row.getValue()));
            }
            return kept;
        }
    }

    private static Admission replay(IdempotentRequest request, Idempotency.Kept first) {
        return request.fingerprint().equals(first.fingerprint())
                ? new Admission.Replayed(first.answer().status(), first.answer().body())
                : new Admission.KeyConflict();
    }

    private static List<IdempotentRequest> keyed(List<Submission> submissions) {
        return submissions.stream()
                .map(Submission::request)
                .filter(request -> request.key() != null)
                .toList();
    }

    private static Set<UUID> levels(TenantId tenant, Collection<Submission> submissions) {
        Set<UUID> levels = new LinkedHashSet<>();
        levels.add(tenant.value());
        for (Submission submission : submissions) {
            for (Order order : submission.orders()) {
                switch (order) {
                    case Order.Spend spend ->
                        levels.addAll(OpenTill.levels(tenant, spend.payer()).values());
                    case Order.HoldForCall hold ->
                        levels.addAll(OpenTill.levels(tenant, hold.payer()).values());
                    case Order.HoldForRun hold ->
                        levels.addAll(OpenTill.levels(tenant, hold.payer()).values());
                    case Order.Correct correct ->
                        levels.addAll(OpenTill.levels(tenant, correct.payer()).values());
                    case Order.SettleCall settle -> {}
                    case Order.SettleRun settle -> {}
                    case Order.Release release -> {}
                }
            }
        }
        return levels;
    }

    private static List<UUID> holds(Collection<Submission> submissions) {
        List<UUID> holds = new ArrayList<>(0);
        for (Submission submission : submissions) {
            for (Order order : submission.orders()) {
                switch (order) {
                    case Order.HoldForRun hold -> holds.add(hold.id());
                    case Order.SettleCall settle -> holds.add(settle.hold());
                    case Order.SettleRun settle -> holds.add(settle.hold());
                    case Order.Release release -> holds.add(release.hold());
                    case Order.Spend spend -> {}
                    case Order.HoldForCall hold -> {}
                    case Order.Correct correct -> {}
                }
            }
        }
        return holds;
    }
}
