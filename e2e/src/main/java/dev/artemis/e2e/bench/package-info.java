/**
 * Benchmarks, one class each, named {@code XxxBench}: {@code ./artemis bench xxx} runs its main method.
 *
 * <p>Invariants: each measures a real server from outside, prints what it did, on how many processors, and its figures,
 * and fails when what it measured was not right. It does not judge whether a figure is good. The benchmark of money also calls
 * the product in process, in a JVM of its own that has the packaged jar on its class path; nothing else here does.
 */
@NullMarked
package dev.artemis.e2e.bench;

import org.jspecify.annotations.NullMarked;
