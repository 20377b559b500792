/**
 * What all REST edges share: the problem document (RFC 9457) and nothing of any module's business.
 */
@ApplicationModule(allowedDependencies = "shared")
@NullMarked
package dev.artemis.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
