package dev.artemis.ui;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.server.VaadinRequest;
import dev.artemis.access.Passkeys;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.Tone;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;

/** Signs in with a passkey: the browser asks its person, and signs our question. */
class PasskeyButton extends Button {

    private static final long serialVersionUID = 1;

    /** The browser's own way from JSON and back (WebAuthn, level 3). */
    private static final String SHOW = """
        const options = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse($0));
        return navigator.credentials.get({publicKey: options}).then(shown => JSON.stringify(shown.toJSON()));
        """;

    private final transient Passkeys passkeys;
    private final Div notices;

    PasskeyButton(Passkeys passkeys, Div notices) {
        super(translate("sign-in.passkey"), VaadinIcon.KEY_O.create());
        this.passkeys = passkeys;
        this.notices = notices;
        setWidthFull();
        addClickListener(click -> ask());
    }

    private void ask() {
        Passkeys.Question<PublicKeyCredentialRequestOptions> question = passkeys.askToShow();
        getElement()
                .executeJs(SHOW, question.json())
                .then(
                        String.class,
                        answer -> passkeys.signIn(
                                        question.options(),
                                        answer,
                                        VaadinRequest.getCurrent().getRemoteAddr())
                                .ifPresentOrElse(SigningIn::as, this::refused),
                        failure -> refused());
    }

    private void refused() {
        notices.removeAll();
        notices.add(new Note(Tone.WARN, translate("sign-in.passkey-refused")));
    }
}
