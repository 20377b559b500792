/** The REST edge of reconciliations. */
@NullMarked
package dev.artemis.reconciliation.web;

import org.jspecify.annotations.NullMarked;
