@NullMarked
package dev.artemis.budgets;

import org.jspecify.annotations.NullMarked;
