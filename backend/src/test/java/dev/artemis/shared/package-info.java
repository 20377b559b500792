@NullMarked
package dev.artemis.shared;

import org.jspecify.annotations.NullMarked;
