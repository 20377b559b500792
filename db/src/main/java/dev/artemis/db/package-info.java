/**
 * The database as a product: its migrations, its roles, its row-level security, and the embedded PostgreSQL that
 * keeps them where no other server is configured.
 *
 * <p>Two roles: the <em>owner</em> runs migrations and owns every object; the <em>app</em> role reads and writes under
 * row-level security and is neither owner, superuser nor BYPASSRLS. Nothing here knows of tenants' business.
 */
@NullMarked
package dev.artemis.db;

import org.jspecify.annotations.NullMarked;
