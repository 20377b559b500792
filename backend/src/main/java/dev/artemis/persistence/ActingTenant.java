package dev.artemis.persistence;

import dev.artemis.shared.TenantId;
import java.util.UUID;
import java.util.function.Supplier;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.springframework.stereotype.Component;

/** The tenant that this thread's transaction acts for; Hibernate puts it into every query on a tenant's entity. */
@Component
class ActingTenant implements CurrentTenantIdentifierResolver<UUID> {

    /** No row has this tenant. */
    static final TenantId NOBODY = new TenantId(new UUID(0, 0));

    private final ThreadLocal<TenantId> current = ThreadLocal.withInitial(() -> NOBODY);

    TenantId current() {
        return current.get();
    }

    <T> T as(TenantId tenant, Supplier<T> work) {
        TenantId before = current.get();
        current.set(tenant);
        try {
            return work.get();
        } finally {
            current.set(before);
        }
    }

    @Override
    public UUID resolveCurrentTenantIdentifier() {
        return current.get().value();
    }

    @Override
    public boolean validateExistingCurrentSessions() {
        return true;
    }
}
