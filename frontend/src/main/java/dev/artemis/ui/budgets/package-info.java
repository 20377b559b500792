/** Limits of teams and projects. */
@NullMarked
package dev.artemis.ui.budgets;

import org.jspecify.annotations.NullMarked;
