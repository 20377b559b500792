package dev.artemis.ui.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.artemis.ui.parts.SecretField;
import com.vaadin.flow.server.VaadinServletRequest;
import dev.artemis.access.LiveSessions;
import dev.artemis.access.SignedIn;
import dev.artemis.access.Users;
import dev.artemis.shared.Caller;
import dev.artemis.ui.Problems;
import dev.artemis.ui.parts.FormDialog;
import dev.artemis.ui.parts.Notices;
import dev.artemis.ui.parts.Panel;
import java.util.Map;

/** The password, and an end to all sessions. */
class PasswordPanel extends Panel {

    private static final long serialVersionUID = 1;

    private final SignedIn person;
    private final transient Users users;
    private final transient LiveSessions sessions;

    PasswordPanel(SignedIn person, Users users, LiveSessions sessions) {
        super(translate("account.password"));
        this.person = person;
        this.users = users;
        this.sessions = sessions;
        var change = new Button(translate("account.change-password"), click -> change());
        var everywhere = new Button(translate("account.sign-out-everywhere"), click -> everywhere());
        everywhere.addThemeVariants(ButtonVariant.ERROR);
        var both = new Div(change, everywhere);
        both.addClassName("artemis-actions");
        add(new Paragraph(translate("account.password-about")), both);
    }

    private void change() {
        var current = new SecretField(translate("account.current-password"));
        var wanted = new SecretField(translate("welcome.password"));
        wanted.setHelperText(translate("welcome.password-help", Users.MIN_PASSWORD));
        new FormDialog(
                        translate("account.change-password"),
                        translate("save"),
                        () -> Problems.attempt(Map.of("current", current, "password", wanted), () -> {
                            sessions.keeping(
                                    VaadinServletRequest.getCurrent()
                                            .getHttpServletRequest()
                                            .getSession(),
                                    person,
                                    () -> users.changePassword(person, current.getValue(), wanted.getValue()));
                            Notices.done(translate("account.password-changed"));
                        }))
                .with(current, wanted)
                .open();
    }

    private void everywhere() {
        var ask = new ConfirmDialog(
                translate("account.sign-out-everywhere"),
                translate("account.sign-out-everywhere-why"),
                translate("account.sign-out-everywhere"),
                confirmed -> users.signOutEverywhere(new Caller.Platform(person.email()), person.user()));
        ask.setConfirmButtonTheme("error primary");
        ask.setCancelable(true);
        ask.setCancelText(translate("cancel"));
        ask.open();
    }
}
