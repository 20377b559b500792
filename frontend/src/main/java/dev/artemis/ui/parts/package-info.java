/** Components that several pages share. Not here: anything that calls a façade. */
@NullMarked
package dev.artemis.ui.parts;

import org.jspecify.annotations.NullMarked;
