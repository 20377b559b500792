/**
 * What is set, and whether the platform could work with it.
 *
 * <p>Words: a <em>check</em> looks at one part of the configuration and returns <em>findings</em>, each pass, warn or
 * fail; together they are the <em>report</em>. All checks run before the server opens its port, so that every fault is
 * told at once; one that fails keeps the server from starting. Each module contributes its own checks (see
 * {@link StartupCheck}). Not here: what any setting means.
 */
@ApplicationModule(allowedDependencies = "shared")
@NullMarked
package dev.artemis.configuration;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
