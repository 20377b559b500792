package dev.artemis.access;

import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;

/**
 * A team that a person belongs to, and as what.
 *
 * @param teamName as people read it
 * @param suspended whether the team may only read at present
 */
public record Membership(TenantId tenant, Slug slug, String teamName, boolean suspended, Role role) {}
