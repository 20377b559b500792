/** The REST edge of alerts: what was raised, where it goes, what became of it. No decision of its own. */
@NullMarked
package dev.artemis.alerts.web;

import org.jspecify.annotations.NullMarked;
