package dev.artemis.access;

import dev.artemis.shared.UserId;
import java.io.Serializable;
import java.security.Principal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person who signed in on the pages: the principal of their session. What they may do in which team is looked up each
 * time (see {@link CurrentUser}), since it may change while they are here.
 *
 * @param id of the person
 * @param platformRole null for most
 */
public record SignedIn(UUID id, String email, @Nullable PlatformRole platformRole) implements Principal, Serializable {

    private static final long serialVersionUID = 1;

    public UserId user() {
        return new UserId(id);
    }

    public boolean isAdmin() {
        return platformRole == PlatformRole.ADMIN;
    }

    /** The e-mail, which is what the person signs in with. */
    @Override
    public String getName() {
        return email;
    }
}
