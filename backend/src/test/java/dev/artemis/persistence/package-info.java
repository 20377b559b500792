@NullMarked
package dev.artemis.persistence;

import org.jspecify.annotations.NullMarked;
