package dev.artemis.ui.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import dev.artemis.access.Passkey;
import dev.artemis.access.Passkeys;
import dev.artemis.access.SignedIn;
import dev.artemis.ui.Problems;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Ask;
import dev.artemis.ui.parts.Checks;
import dev.artemis.ui.parts.FormDialog;
import dev.artemis.ui.parts.Notices;
import dev.artemis.ui.parts.Panel;
import java.time.ZoneId;
import java.util.List;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;

/** Devices with which the person signs in instead of a password. */
class PasskeysPanel extends Panel {

    private static final long serialVersionUID = 1;

    private static final String MAKE = """
        const options = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse($0));
        return navigator.credentials.create({publicKey: options}).then(made => JSON.stringify(made.toJSON()));
        """;

    private final SignedIn person;
    private final transient Passkeys passkeys;

    PasskeysPanel(SignedIn person, Passkeys passkeys) {
        super(translate("account.passkeys"));
        this.person = person;
        this.passkeys = passkeys;
        aside(new Button(translate("account.passkey-add"), click -> name()));
        fill();
    }

    private void fill() {
        clear();
        add(new Paragraph(translate("account.passkeys-about")));
        List<Passkey> all = passkeys.all(person);
        if (!all.isEmpty()) {
            var list = new UnorderedList();
            list.addClassName("artemis-list");
            all.forEach(each -> list.add(line(each)));
            add(list);
        }
    }

    private ListItem line(Passkey passkey) {
        var format = new Format(UI.getCurrent().getLocale(), ZoneId.of("UTC"));
        var used = new Div(translate("account.passkey-used", format.dateTimeInZone(passkey.lastUsedAt())));
        used.addClassName("artemis-quiet");
        var remove = new Button(
                translate("account.passkey-remove"),
                click -> Ask.before(translate("account.passkey-remove-of", passkey.label()))
                        .saying(translate("account.passkey-remove-why"))
                        .then(translate("account.passkey-remove"), () -> {
                            passkeys.remove(person, passkey);
                            Notices.done(translate("account.passkey-removed", passkey.label()));
                            fill();
                        }));
        remove.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR, ButtonVariant.SMALL);
        remove.setAriaLabel(translate("account.passkey-remove-of", passkey.label()));
        return new ListItem(new Div(new Span(passkey.label()), used), remove);
    }

    private void name() {
        var label = new TextField(translate("name"));
        label.setPlaceholder(translate("account.passkey-example"));
        new FormDialog(translate("account.passkey-add"), translate("account.passkey-make"), () -> {
                    if (!Checks.filled(label)) {
                        return false;
                    }
                    make(label.getValue());
                    return true;
                })
                .with(label)
                .open();
    }

    private void make(String label) {
        Passkeys.Question<PublicKeyCredentialCreationOptions> question = passkeys.askToMake();
        getElement()
                .executeJs(MAKE, question.json())
                .then(
                        String.class,
                        answer -> {
                            Problems.attempt(() -> {
                                passkeys.keep(person, question.options(), answer, label);
                                Notices.done(translate("account.passkey-added", label));
                            });
                            fill();
                        },
                        failure -> Notices.failed(translate("account.passkey-not-made")));
    }
}
