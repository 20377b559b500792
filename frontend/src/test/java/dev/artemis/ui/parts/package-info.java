@NullMarked
package dev.artemis.ui.parts;

import org.jspecify.annotations.NullMarked;
