/** The REST edge of the prices: what an administrator reads, writes and imports. No decision of its own. */
@NullMarked
package dev.artemis.prices.web;

import org.jspecify.annotations.NullMarked;
