package dev.artemis.budgets;

import dev.artemis.shared.Usd;
import java.time.YearMonth;

/**
 * What limits would have done to a month that is over.
 *
 * @param of calls and runs that were charged in it
 * @param refused how many of them would have been refused
 * @param refusedCost what those cost, US dollars
 * @param days on how many days that would have happened
 */
public record LimitPreview(YearMonth month, long of, long refused, Usd refusedCost, int days) {}
