/**
 * The running product, seen from outside: real server processes, and a client of their REST API.
 *
 * <p>Words: an <em>instance</em> is one server process with its own port and home folder.
 *
 * <p>Invariants: nothing here shares code with the product, so that a journey believes only what the contract says; an
 * instance that was started is gone when its journey ends, with everything that it started.
 *
 * <p>It replaces no part of the product by a double. Only what no contract shows, such as what is left behind after faults,
 * is looked up in the database ({@link dev.artemis.e2e.OwnDatabase}) and the cluster ({@link dev.artemis.e2e.Cluster}).
 */
@NullMarked
package dev.artemis.e2e;

import org.jspecify.annotations.NullMarked;
