package dev.artemis.access;

import dev.artemis.tenants.TenantChanged;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** A team that was suspended is refused at once on this instance, and a restored one let in. */
@Component
class ForgetChangedTeams {

    private final AuthenticateKey authenticate;

    ForgetChangedTeams(AuthenticateKey authenticate) {
        this.authenticate = authenticate;
    }

    @TransactionalEventListener
    void on(TenantChanged changed) {
        authenticate.forget(changed.tenant());
    }
}
