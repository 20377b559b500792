package dev.artemis.tenants;

import dev.artemis.shared.TenantId;

/** A team's settings changed: it may be suspended now, or restored. Published inside the transaction. */
public record TenantChanged(TenantId tenant) {}
