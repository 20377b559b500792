/**
 * What all edges share: the problem document (RFC 9457), the server's certificate, and whose forwarded headers are believed;
 * nothing of any module's business.
 */
@ApplicationModule(allowedDependencies = {"shared", "configuration"})
@NullMarked
package dev.artemis.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
