package dev.artemis.ui.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.artemis.access.CurrentUser;
import dev.artemis.access.LiveSessions;
import dev.artemis.access.Passkeys;
import dev.artemis.access.PersonalKeys;
import dev.artemis.access.SecondFactors;
import dev.artemis.access.SignedIn;
import dev.artemis.access.Users;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.parts.PageHead;
import jakarta.annotation.security.PermitAll;

/** What a person does about their own way in. */
@Route(value = Paths.ACCOUNT, layout = MainLayout.class)
@PermitAll
class AccountView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private static final long serialVersionUID = 1;

    private final transient CurrentUser user;
    private final transient Users users;
    private final transient LiveSessions sessions;
    private final transient SecondFactors factors;
    private final transient Passkeys passkeys;
    private final transient PersonalKeys keys;

    AccountView(
            CurrentUser user,
            Users users,
            LiveSessions sessions,
            SecondFactors factors,
            Passkeys passkeys,
            PersonalKeys keys) {
        this.user = user;
        this.users = users;
        this.sessions = sessions;
        this.factors = factors;
        this.passkeys = passkeys;
        this.keys = keys;
        addClassName("artemis-page");
        setId("content");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        SignedIn person = user.required();
        removeAll();
        add(
                new PageHead(translate("account.title")).about(person.email()),
                new PasswordPanel(person, users, sessions),
                new SecondFactorPanel(person, factors),
                new PasskeysPanel(person, passkeys),
                new PersonalKeysPanel(person, keys));
    }

    @Override
    public String getPageTitle() {
        return translate("account.title") + " · Artemis";
    }
}
