@NullMarked
package dev.artemis.sandbox.kubernetes;

import org.jspecify.annotations.NullMarked;
