/**
 * The REST edge: from a credential to a {@link dev.artemis.shared.Caller}, and the calls that administer keys and
 * members. Stateless: no session, no cookie. Pages have a chain of their own, in the frontend.
 */
@NullMarked
package dev.artemis.access.web;

import org.jspecify.annotations.NullMarked;
