/** A team's keys for providers of models. */
@NullMarked
package dev.artemis.ui.providers;

import org.jspecify.annotations.NullMarked;
