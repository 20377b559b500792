/**
 * Requests to addresses that somebody else named: a provider's base URL, a webhook. Nobody else in the house asks such an address.
 *
 * <p>Invariants: a name is resolved once, every address it has is looked at, and the connection goes to the one that was
 * looked at; private addresses are refused unless the caller allows them; no redirect is followed; what comes back is cut
 * at a size, and waited for until a deadline. Not here: what an answer means.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.artemis.outbound;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
