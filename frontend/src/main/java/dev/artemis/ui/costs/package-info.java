/** What was spent, explored, compared and taken away. */
@NullMarked
package dev.artemis.ui.costs;

import org.jspecify.annotations.NullMarked;
