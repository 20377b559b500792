package dev.artemis.budgets;

import dev.artemis.ledger.Payer;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * Writes what a team spent before it came here: demonstrations, and moves from elsewhere. Goes through the same decisions
 * as every call, with the till opened at a time in the past, so entries, roll-ups and windows agree; it can be done only
 * in the order of time, and only up to the day that the team's till has reached.
 */
@Service
public class History {

    private final OrderCalls orderCalls;
    private final TillRows rows;
    private final TenantTransactions transactions;

    History(OrderCalls orderCalls, TillRows rows, TenantTransactions transactions) {
        this.orderCalls = orderCalls;
        this.rows = rows;
        this.transactions = transactions;
    }

    /**
     * Records calls as if it were that time, in one transaction; nothing is refused for want of money.
     *
     * @return the admissions of the calls, in their order: tracked or unpriced
     * @throws IllegalArgumentException the team's till has reached a later day already
     */
    public List<Admission> record(Caller.ForProject caller, Instant at, List<CallSpending> calls) {
        List<OrderCalls.Prepared> prepared = orderCalls.calls(
                caller, calls.stream().map(call -> happened(call, at)).toList());
        Payer payer = OrderCalls.payer(caller);
        List<UUID> levels = List.copyOf(OpenTill.levels(caller.tenant(), payer).values());
        return transactions.inTenant(caller.tenant(), () -> {
            OpenTill till = rows.openAt(caller.tenant(), levels, at);
            if (at.isBefore(till.periods().day().startsAt())) {
                throw new IllegalArgumentException(
                        "The till has reached " + till.periods().day().start());
            }
            var decide = new DecideOrders(till, () -> false);
            List<Admission> answers = new ArrayList<>(calls.size());
            for (OrderCalls.Prepared one : prepared) {
                answers.add(
                        switch (one) {
                            case OrderCalls.Prepared.Ready ready -> decide.decide(ready.order());
                            case OrderCalls.Prepared.Without without -> without.refusal();
                        });
            }
            rows.save(till);
            return answers;
        });
    }

    private static CallSpending happened(CallSpending call, Instant at) {
        return new CallSpending(
                call.model(), call.usage(), call.tier(), call.labels(), at, CallSpending.Mode.RECORD, call.unpriced());
    }
}
