/** The REST edge of teams: made, listed and changed by the platform's administrators. */
@NullMarked
package dev.artemis.tenants.web;

import org.jspecify.annotations.NullMarked;
