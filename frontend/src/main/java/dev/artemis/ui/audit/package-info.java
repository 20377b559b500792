/** The audit log: the platform's for administrators, a team's own for its owners. */
@NullMarked
package dev.artemis.ui.audit;

import org.jspecify.annotations.NullMarked;
