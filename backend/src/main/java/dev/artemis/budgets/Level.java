package dev.artemis.budgets;

import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;

/** What a limit may be set on, within one tenant. */
public sealed interface Level {

    LimitScope scope();

    /** All that the tenant spends. */
    record WholeTenant() implements Level {
        @Override
        public LimitScope scope() {
            return LimitScope.TENANT;
        }
    }

    /** What one project spends. */
    record OfProject(ProjectId project) implements Level {
        @Override
        public LimitScope scope() {
            return LimitScope.PROJECT;
        }
    }

    /** What is spent with one API key; rotation keeps it. */
    record OfKey(KeyId key) implements Level {
        @Override
        public LimitScope scope() {
            return LimitScope.KEY;
        }
    }
}
