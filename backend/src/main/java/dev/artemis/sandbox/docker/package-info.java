/**
 * Runs as containers of a Docker engine, through the engine's API over its socket (version 1.41, Docker 20.10, and newer).
 *
 * <p>Words: the <em>engine</em> is the daemon; the <em>prepared image</em> is the sandbox image with our runner laid on top; a run's
 * <em>container</em> has the run's name and, as labels, all that is needed to go on with it.
 *
 * <p>Invariants: a container has no network, a read-only root, no capability, no new privileges, limits of memory, CPU and processes, and a
 * user id of its own; the runner is its process 1 and gets the job on standard input, so that nothing of it lies in a file; a container
 * stays until it is forgotten, and goes on when the server stops: the next one adopts it.
 *
 * <p>Does not: pull images, start an engine, or touch a container that another installation made.
 */
@NullMarked
package dev.artemis.sandbox.docker;

import org.jspecify.annotations.NullMarked;
