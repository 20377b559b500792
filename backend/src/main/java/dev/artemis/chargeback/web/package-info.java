/** The REST edge of chargeback rates. */
@NullMarked
package dev.artemis.chargeback.web;

import org.jspecify.annotations.NullMarked;
