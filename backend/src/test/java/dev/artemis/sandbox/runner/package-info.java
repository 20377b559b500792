/** Tests of the protocol's Java side. */
@NullMarked
package dev.artemis.sandbox.runner;

import org.jspecify.annotations.NullMarked;
