@NullMarked
package dev.artemis.access;

import org.jspecify.annotations.NullMarked;
