/** The REST edge of the supervisor: the health report. */
@NullMarked
package dev.artemis.supervisor.web;

import org.jspecify.annotations.NullMarked;
