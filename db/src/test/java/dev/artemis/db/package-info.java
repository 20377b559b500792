@NullMarked
package dev.artemis.db;

import org.jspecify.annotations.NullMarked;
