@NullMarked
package dev.artemis;

import org.jspecify.annotations.NullMarked;
