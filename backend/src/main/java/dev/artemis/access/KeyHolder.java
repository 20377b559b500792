package dev.artemis.access;

import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Role;
import dev.artemis.shared.Scope;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.UserId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whom a good key stands for. */
public sealed interface KeyHolder {

    KeyId key();

    /** Words for the audit log. */
    String name();

    /**
     * A project's program.
     *
     * @param suspended whether its team is: then it may read and nothing else
     */
    record Program(KeyId key, TenantId tenant, boolean suspended, ProjectId project, Set<Scope> scopes, String name)
            implements KeyHolder {

        public Program {
            scopes = Set.copyOf(scopes);
        }
    }

    /** Whoever holds an administrator's key. */
    record Administrator(KeyId key, String name) implements KeyHolder {}

    /**
     * A person, by a personal key.
     *
     * @param platformRole null for most
     * @param roles in each team
     * @param name the e-mail
     */
    record Person(KeyId key, UserId user, @Nullable PlatformRole platformRole, Map<TenantId, Role> roles, String name)
            implements KeyHolder {

        public Person {
            roles = Map.copyOf(roles);
        }
    }
}
