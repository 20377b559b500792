/**
 * The running product, seen from outside: real server processes, and a client of their REST API.
 *
 * <p>Words: an <em>instance</em> is one server process with its own port and home folder.
 *
 * <p>Invariants: nothing here shares code with the product, so that a journey believes only what the contract says; an
 * instance that was started is gone when its journey ends, with everything that it started.
 *
 * <p>It does not look into the database, and it replaces no part of the product by a double.
 */
@NullMarked
package dev.artemis.e2e;

import org.jspecify.annotations.NullMarked;
