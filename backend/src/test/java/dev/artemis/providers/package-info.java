@NullMarked
package dev.artemis.providers;

import org.jspecify.annotations.NullMarked;
