@NullMarked
package dev.artemis.gates.samples.ledger;

import org.jspecify.annotations.NullMarked;
