/**
 * Runs code that nobody trusts, and tells honestly how it went.
 *
 * <p>Words: a <em>run</em> is one execution, named by a {@link dev.artemis.sandbox.RunRef}; its {@link
 * dev.artemis.sandbox.SandboxSpec} says what to run within which {@link dev.artemis.sandbox.Limits}; the sandbox answers with
 * {@link dev.artemis.sandbox.Observation}s. The <em>runner</em> is the small C program that is process 1 of every sandbox
 * (docs/protocol.md).
 *
 * <p>Invariants: a start is idempotent by its reference; each run ends in at most one of Finished, Failed, Lost; a result without an
 * authenticated final record is never reported as finished; nothing runs unisolated.
 *
 * <p>Does not: queue, retry, bill, store, or decide how many runs there may be at once. That is the runs module's.
 */
@ApplicationModule(allowedDependencies = {"shared", "configuration"})
@NullMarked
package dev.artemis.sandbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
