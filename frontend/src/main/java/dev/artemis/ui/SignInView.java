package dev.artemis.ui;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.artemis.access.PassOnLinks;
import dev.artemis.access.Passkeys;
import dev.artemis.access.SingleSignOn;
import dev.artemis.mail.Tongue;
import dev.artemis.ui.parts.Checks;
import dev.artemis.ui.parts.FormDialog;
import dev.artemis.ui.parts.Keep;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.Tone;

/** The door. */
@Route(value = Paths.SIGN_IN, autoLayout = false)
@AnonymousAllowed
class SignInView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private static final long serialVersionUID = 1;

    private final LoginForm form = new LoginForm();
    private final Div notices = new Div();
    private final transient PassOnLinks links;

    SignInView(SingleSignOn directory, Passkeys passkeys, PassOnLinks links) {
        this.links = links;
        addClassName("artemis-sign-in");
        var head = new DoorHead(quiet(translate("sign-in.about")));
        form.setAction(Paths.SIGN_IN_FORM);
        form.setForgotPasswordButtonVisible(true);
        form.addForgotPasswordListener(forgot -> forgot());
        form.setI18n(words());
        var others = new Div(new PasskeyButton(passkeys, notices));
        others.addClassName("artemis-form");
        directory.button().ifPresent(name -> others.add(toDirectory(name)));
        var card = new Div(head, notices, form, others);
        card.addClassName("artemis-sign-in-card");
        add(card);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var query = event.getLocation().getQueryParameters();
        form.setError(query.getSingleParameter("error").isPresent());
        notices.removeAll();
        if (query.getSingleParameter("stale").isPresent()) {
            notices.add(new Note(Tone.CALM, translate("sign-in.stale")));
        }
        if (query.getSingleParameter("wait").isPresent()) {
            notices.add(new Note(Tone.WARN, translate("sign-in.wait")));
        }
        if (query.getSingleParameter("directory").isPresent()) {
            notices.add(new Note(Tone.WARN, translate("sign-in.directory-refused")));
        }
        if (query.getSingleParameter("directory-down").isPresent()) {
            notices.add(new Note(Tone.WARN, translate("sign-in.directory-down")));
        }
        if (query.getSingleParameter("signed-out").isPresent()) {
            notices.add(new Note(Tone.GOOD, translate("sign-in.signed-out")));
            Keep.forgetAll(event.getUI());
        }
    }

    @Override
    public String getPageTitle() {
        return translate("sign-in.title") + " · Artemis";
    }

    private void forgot() {
        notices.removeAll();
        if (!links.canMail()) {
            notices.add(new Note(Tone.CALM, translate("sign-in.forgot-how")));
            return;
        }
        var email = new TextField(translate("sign-in.email"));
        new FormDialog(translate("sign-in.forgot"), translate("sign-in.forgot-send"), () -> {
                    boolean sent = Checks.filled(email)
                            && Problems.attempt(
                                    email,
                                    () -> links.forgot(
                                            email.getValue(),
                                            VaadinRequest.getCurrent().getRemoteAddr(),
                                            Tongue.of(UI.getCurrent().getLocale())));
                    if (!sent) {
                        return false;
                    }
                    notices.add(new Note(Tone.GOOD, translate("sign-in.forgot-sent")));
                    return true;
                })
                .with(email)
                .open();
    }

    private static Anchor toDirectory(String name) {
        var link = new Anchor("oauth2/authorization/" + SingleSignOn.REGISTRATION, name);
        link.setRouterIgnore(true);
        link.addClassName("artemis-link");
        return link;
    }

    private static Paragraph quiet(String text) {
        var paragraph = new Paragraph(text);
        paragraph.addClassName("artemis-quiet");
        return paragraph;
    }

    private static LoginI18n words() {
        LoginI18n words = LoginI18n.createDefault();
        LoginI18n.Form form = words.getForm();
        form.setTitle(translate("sign-in.title"));
        form.setUsername(translate("sign-in.email"));
        form.setPassword(translate("sign-in.password"));
        form.setSubmit(translate("sign-in.submit"));
        form.setForgotPassword(translate("sign-in.forgot"));
        LoginI18n.ErrorMessage error = words.getErrorMessage();
        error.setTitle(translate("sign-in.refused"));
        error.setMessage(translate("sign-in.refused-why"));
        error.setUsername(translate("sign-in.email-missing"));
        error.setPassword(translate("sign-in.password-missing"));
        return words;
    }
}
