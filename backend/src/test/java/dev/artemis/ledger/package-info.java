@NullMarked
package dev.artemis.ledger;

import org.jspecify.annotations.NullMarked;
