/** Artemis: exact budgets for LLM calls, and sandboxes for the code they wrote. Modules are the packages below. */
@NullMarked
package dev.artemis;

import org.jspecify.annotations.NullMarked;
