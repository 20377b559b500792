@NullMarked
package dev.artemis.supervisor;

import org.jspecify.annotations.NullMarked;
