@NullMarked
package dev.artemis.gates.samples.modules.two;

import org.jspecify.annotations.NullMarked;
