/** The house rules as tests. Each rule has a failing sample beside it: a gate that cannot fail is no gate. */
@NullMarked
package dev.artemis.gates;

import org.jspecify.annotations.NullMarked;
