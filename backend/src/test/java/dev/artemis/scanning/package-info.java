@NullMarked
package dev.artemis.scanning;

import org.jspecify.annotations.NullMarked;
