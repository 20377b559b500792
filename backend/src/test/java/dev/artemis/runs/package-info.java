@NullMarked
package dev.artemis.runs;

import org.jspecify.annotations.NullMarked;
