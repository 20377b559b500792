/** The REST edge of saved reports. */
@NullMarked
package dev.artemis.schedules.web;

import org.jspecify.annotations.NullMarked;
