package dev.artemis.exports;

import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import org.jspecify.annotations.Nullable;

/** Whose export it is: who may ask how far it is. */
public sealed interface ExportOwner {

    /** The team; null: none. */
    @Nullable TenantId tenant();

    /** A project of a team. */
    record Project(TenantId tenant, ProjectId project) implements ExportOwner {}

    /** A whole team. */
    record Team(TenantId tenant) implements ExportOwner {}

    /** The platform's finance. */
    record Platform() implements ExportOwner {

        @Override
        public @Nullable TenantId tenant() {
            return null;
        }
    }
}
