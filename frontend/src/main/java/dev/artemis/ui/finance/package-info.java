/** Finance: months that are closed, what is charged, bills held against the ledger, and all teams' costs. */
@NullMarked
package dev.artemis.ui.finance;

import org.jspecify.annotations.NullMarked;
