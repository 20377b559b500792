/** Tests of chargeback rates. */
@NullMarked
package dev.artemis.chargeback;

import org.jspecify.annotations.NullMarked;
