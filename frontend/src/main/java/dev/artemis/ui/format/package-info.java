/** The one place where money, numbers, dates and durations become text, in the reader's language and the team's zone. */
@NullMarked
package dev.artemis.ui.format;

import org.jspecify.annotations.NullMarked;
