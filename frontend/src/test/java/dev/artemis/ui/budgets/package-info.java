@org.jspecify.annotations.NullMarked
package dev.artemis.ui.budgets;
