/** What the rules forbid, once each. */
@NullMarked
package dev.artemis.gates.samples;

import org.jspecify.annotations.NullMarked;
