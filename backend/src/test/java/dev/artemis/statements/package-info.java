/** Tests of closing months. */
@NullMarked
package dev.artemis.statements;

import org.jspecify.annotations.NullMarked;
