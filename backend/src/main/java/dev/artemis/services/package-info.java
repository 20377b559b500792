/**
 * Services beside the platform that a company may have: a messenger (SMTP, a webhook, RabbitMQ), Redis, a database for
 * retrieval (pgvector, Qdrant, Chroma). None is needed. One that is named is spoken to in its own protocol before the
 * start, so that a wrong address is told then and not when it matters. Not here: using them.
 */
@ApplicationModule(allowedDependencies = {"configuration", "outbound"})
@NullMarked
package dev.artemis.services;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
