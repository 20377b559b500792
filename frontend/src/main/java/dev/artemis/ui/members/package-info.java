/** Who belongs to a team. */
@NullMarked
package dev.artemis.ui.members;

import org.jspecify.annotations.NullMarked;
