/** The page of a team's alerts: what was reached, who is told, and what did not arrive. */
@NullMarked
package dev.artemis.ui.alerts;

import org.jspecify.annotations.NullMarked;
