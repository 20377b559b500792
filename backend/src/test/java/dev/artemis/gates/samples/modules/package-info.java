@NullMarked
package dev.artemis.gates.samples.modules;

import org.jspecify.annotations.NullMarked;
