/**
 * The Java side of the runner's protocol (docs/protocol.md): a job written, lines read, the final record authenticated. Shared by
 * every sandbox.
 *
 * <p>Does not: start anything, or know where the runner runs.
 */
@NullMarked
package dev.artemis.sandbox.runner;

import org.jspecify.annotations.NullMarked;
