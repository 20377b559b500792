/** Tests of files for finance. */
@NullMarked
package dev.artemis.exports;

import org.jspecify.annotations.NullMarked;
