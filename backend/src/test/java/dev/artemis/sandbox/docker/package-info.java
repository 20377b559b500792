@NullMarked
package dev.artemis.sandbox.docker;

import org.jspecify.annotations.NullMarked;
