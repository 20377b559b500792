/**
 * Secrets that must be read again, sealed at rest.
 *
 * <p>Words: the <em>master key</em> comes from outside (a file, the environment, a Kubernetes Secret mounted as a file) and
 * is never stored; each team has a <em>data key</em>, stored wrapped by the master key; a secret is <em>sealed</em> with its
 * team's data key. AES-256-GCM throughout, a fresh nonce each time, and what a secret belongs to is part of the seal: moved
 * to another row it does not open. Rotation of the master key wraps the data keys anew and touches no secret. See ADR-0018.
 */
@ApplicationModule(allowedDependencies = {"shared", "persistence", "configuration"})
@NullMarked
package dev.artemis.secrets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
