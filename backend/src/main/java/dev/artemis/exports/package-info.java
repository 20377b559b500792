/**
 * Costs as files: for finance's own programs, spreadsheets and auditors.
 *
 * <p>Words: a <em>part</em> is one team, or one project of it, over a span of its own days; an <em>export</em> is one
 * file that somebody asked for; a <em>format</em> is one way to write the same rows.
 *
 * <p>Invariants: all formats are fed by one source of rows, read through a server-side cursor in constant memory; the
 * total of every format equals {@code GET /costs} and the sum of the ledger to the last digit; exports wait for each
 * other, so that calls do not wait for exports. See ADR-0021. Not here: what costs are (reports), marking them up
 * (chargeback), closing months (statements).
 */
@ApplicationModule(
        allowedDependencies = {"shared", "persistence", "reports", "chargeback", "tenants", "projects", "web"})
@NullMarked
package dev.artemis.exports;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
