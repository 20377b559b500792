@NullMarked
package dev.artemis.secrets;

import org.jspecify.annotations.NullMarked;
