@NullMarked
package dev.artemis.outbound;

import org.jspecify.annotations.NullMarked;
