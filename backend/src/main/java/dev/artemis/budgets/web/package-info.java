/** The REST edge of budgets: calls, reservations, limits. Parses, asks {@link dev.artemis.budgets.Budgets}, answers. */
@NullMarked
package dev.artemis.budgets.web;

import org.jspecify.annotations.NullMarked;
