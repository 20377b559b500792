/**
 * The append-only record of money, and its roll-ups.
 *
 * <p>Words: an <em>entry</em> is one amount that was spent or corrected; a <em>roll-up</em> sums entries by day and by
 * what pages and reports ask for; a <em>label</em> is a text that entries name by number.
 *
 * <p>Invariants: entries are inserted, never changed; roll-ups are written in the transaction of their entries and
 * always equal their sum; months are partitions, made ahead of time. Not here: whether something may be spent (budgets),
 * how it is shown (reports).
 */
@ApplicationModule(allowedDependencies = {"shared", "persistence", "prices"})
@NullMarked
package dev.artemis.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
