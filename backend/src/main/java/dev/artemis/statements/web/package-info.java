/** The REST edge of statements. */
@NullMarked
package dev.artemis.statements.web;

import org.jspecify.annotations.NullMarked;
