/**
 * The one door to the database: which PostgreSQL, and for which tenant a transaction acts.
 *
 * <p>A transaction says its tenant when it begins ({@code app.tenant_id}, read by every row-level security policy) and
 * keeps it to the end. Work without a tenant sees only what is nobody's (prices, users through doors). Not here: any
 * table, any business.
 */
@ApplicationModule(allowedDependencies = {"shared", "configuration"})
@NullMarked
package dev.artemis.persistence;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
