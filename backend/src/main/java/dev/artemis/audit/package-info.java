/**
 * Who did what to what, from where, before and after. Entries are only ever added, in the transaction that made the
 * change: what is rolled back was not done. Never a secret. Not here: money's own history (ledger).
 */
@ApplicationModule(allowedDependencies = {"shared", "persistence"})
@NullMarked
package dev.artemis.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
