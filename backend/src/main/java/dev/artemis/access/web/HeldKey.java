package dev.artemis.access.web;

import dev.artemis.access.KeyHolder;
import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A request whose key was good. */
final class HeldKey extends AbstractAuthenticationToken {

    /** May see how the platform does. */
    static final String PLATFORM_ADMIN = "PLATFORM_ADMIN";

    private static final long serialVersionUID = 1;

    private final transient KeyHolder holder;

    HeldKey(KeyHolder holder) {
        super(authorities(holder));
        this.holder = holder;
        setAuthenticated(true);
    }

    KeyHolder holder() {
        return holder;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Object getPrincipal() {
        return holder.name();
    }

    private static List<GrantedAuthority> authorities(KeyHolder holder) {
        boolean admin = switch (holder) {
            case KeyHolder.Administrator all -> true;
            case KeyHolder.Person person -> person.platformRole() == dev.artemis.access.PlatformRole.ADMIN;
            case KeyHolder.Program program -> false;
        };
        return admin ? List.of(new SimpleGrantedAuthority(PLATFORM_ADMIN)) : List.of();
    }
}
