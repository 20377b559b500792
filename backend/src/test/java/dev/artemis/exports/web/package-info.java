/** Tests of the REST edge of exports. */
@NullMarked
package dev.artemis.exports.web;

import org.jspecify.annotations.NullMarked;
