@NullMarked
package dev.artemis.budgets.web;

import org.jspecify.annotations.NullMarked;
