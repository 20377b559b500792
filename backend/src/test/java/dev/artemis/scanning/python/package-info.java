@NullMarked
package dev.artemis.scanning.python;

import org.jspecify.annotations.NullMarked;
