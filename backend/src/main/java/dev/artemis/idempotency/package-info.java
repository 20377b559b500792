/**
 * Answers kept by key: a repeated POST gets the first answer and changes nothing.
 *
 * <p>Words: a <em>repeat</em> is a POST of the same API key to the same path with the same {@code Idempotency-Key}; its
 * <em>fingerprint</em> is the SHA-256 of its body. Invariant: the answer is kept in the transaction that did the work,
 * or not at all; a refusal is therefore never kept. Whoever comes second while the first still works waits for it. Not
 * here: what the work is.
 */
@ApplicationModule(allowedDependencies = {"shared", "persistence"})
@NullMarked
package dev.artemis.idempotency;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
