/** A team at a glance. */
@NullMarked
package dev.artemis.ui.dashboard;

import org.jspecify.annotations.NullMarked;
