/** Tests of reports that are sent. */
@NullMarked
package dev.artemis.schedules;

import org.jspecify.annotations.NullMarked;
