/** The REST edge of teams' provider keys. */
@NullMarked
package dev.artemis.providers.web;

import org.jspecify.annotations.NullMarked;
