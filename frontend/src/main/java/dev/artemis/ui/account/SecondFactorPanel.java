package dev.artemis.ui.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.server.VaadinRequest;
import dev.artemis.access.SecondFactors;
import dev.artemis.access.SignedIn;
import dev.artemis.ui.Problems;
import dev.artemis.ui.parts.Badge;
import dev.artemis.ui.parts.FormDialog;
import dev.artemis.ui.parts.Keep;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.Notices;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.QrPicture;
import dev.artemis.ui.parts.Snippet;
import dev.artemis.ui.parts.Tone;
import java.util.List;
import java.util.Map;

/** A code after the password: put on, taken away. */
class SecondFactorPanel extends Panel {

    private static final long serialVersionUID = 1;

    private final SignedIn person;
    private final transient SecondFactors factors;

    SecondFactorPanel(SignedIn person, SecondFactors factors) {
        super(translate("account.second-factor"));
        this.person = person;
        this.factors = factors;
        fill();
    }

    private void fill() {
        clear();
        boolean on = factors.isOn(person.user());
        add(new Paragraph(translate("account.second-factor-about")));
        if (on) {
            var off = new Button(translate("account.second-factor-remove"), click -> remove());
            off.addThemeVariants(ButtonVariant.ERROR);
            var state = new Div(
                    new Badge(translate("account.on"), Tone.GOOD),
                    new Paragraph(translate("account.codes-left", factors.codesLeft(person.user()))),
                    off);
            state.addClassName("artemis-form");
            add(state);
        } else {
            add(new Button(translate("account.second-factor-set-up"), click -> begin()));
        }
    }

    private void begin() {
        Problems.attempt(() -> {
            SecondFactors.Begun begun = factors.begin(person);
            var code = Keep.not(new TextField(translate("sign-in.code")));
            new FormDialog(
                            translate("account.second-factor-title"),
                            translate("account.second-factor-confirm"),
                            () -> Problems.attempt(Map.of("code", code), () -> {
                                reveal(factors.confirm(person, code.getValue()));
                                fill();
                            }))
                    .with(
                            new Paragraph(translate("account.second-factor-how")),
                            new QrPicture(begun.uri(), translate("account.second-factor-picture")),
                            new Snippet(begun.secret()),
                            new Details(translate("account.second-factor-link"), new Snippet(begun.uri())),
                            code)
                    .open();
        });
    }

    private void remove() {
        var code = Keep.not(new TextField(translate("sign-in.code")));
        new FormDialog(
                        translate("account.second-factor-remove"),
                        translate("account.second-factor-remove"),
                        () -> Problems.attempt(Map.of("code", code), () -> {
                            factors.remove(
                                    person,
                                    code.getValue(),
                                    VaadinRequest.getCurrent().getRemoteAddr());
                            Notices.done(translate("account.second-factor-removed"));
                            fill();
                        }))
                .with(code)
                .open();
    }

    private static void reveal(List<String> codes) {
        var dialog = new Dialog(translate("account.recovery-codes"));
        dialog.setCloseOnOutsideClick(false);
        dialog.setCloseOnEsc(false);
        var content = new Div(
                new Note(Tone.WARN, translate("account.recovery-codes-once")), new Snippet(String.join("\n", codes)));
        content.addClassName("artemis-form");
        dialog.add(content);
        var done = new Button(translate("account.recovery-codes-kept"), click -> dialog.close());
        done.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.getFooter().add(done);
        dialog.open();
    }
}
