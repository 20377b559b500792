@NullMarked
package dev.artemis.prices;

import org.jspecify.annotations.NullMarked;
