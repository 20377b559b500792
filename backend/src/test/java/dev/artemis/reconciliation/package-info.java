/** Tests of holding bills against the ledger. */
@NullMarked
package dev.artemis.reconciliation;

import org.jspecify.annotations.NullMarked;
