/** Tests of the sandbox. Hostile programs and the recorder serve every executor's tests. */
@NullMarked
package dev.artemis.sandbox;

import org.jspecify.annotations.NullMarked;
