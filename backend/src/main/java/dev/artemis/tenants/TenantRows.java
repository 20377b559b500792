package dev.artemis.tenants;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface TenantRows extends Repository<TenantRow, UUID> {

    TenantRow save(TenantRow row);

    /** Writes now, so that a slug that is taken is told now. */
    void flush();

    Optional<TenantRow> findById(UUID id);

    /** Through the administrator's door: all tenants, by slug. */
    @Query(value = "select * from door.tenants()", nativeQuery = true)
    List<TenantRow> all();

    /** Through the door that finds a tenant by its slug. */
    @Query(value = "select * from door.tenant_by_slug(:slug)", nativeQuery = true)
    Optional<TenantRow> bySlug(String slug);
}
