/** The REST edge of the scanner. */
@NullMarked
package dev.artemis.scanning.web;

import org.jspecify.annotations.NullMarked;
