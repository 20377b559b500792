@NullMarked
package dev.artemis.ui.costs;

import org.jspecify.annotations.NullMarked;
