package dev.artemis.ui.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import dev.artemis.access.PersonalKey;
import dev.artemis.access.PersonalKeys;
import dev.artemis.access.SignedIn;
import dev.artemis.shared.Caller;
import dev.artemis.ui.Problems;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Ask;
import dev.artemis.ui.parts.Checks;
import dev.artemis.ui.parts.DayField;
import dev.artemis.ui.parts.FormDialog;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.Notices;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Snippet;
import dev.artemis.ui.parts.Tone;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Keys that may do by API what the person may do on the pages. */
class PersonalKeysPanel extends Panel {

    private static final long serialVersionUID = 1;

    private final SignedIn person;
    private final transient PersonalKeys keys;

    PersonalKeysPanel(SignedIn person, PersonalKeys keys) {
        super(translate("account.keys"));
        this.person = person;
        this.keys = keys;
        aside(new Button(translate("keys.create"), click -> create()));
        fill();
    }

    private void fill() {
        clear();
        add(new Paragraph(translate("account.keys-about")));
        List<PersonalKey> all = keys.all(person.user());
        if (!all.isEmpty()) {
            var list = new UnorderedList();
            list.addClassName("artemis-list");
            all.forEach(key -> list.add(line(key)));
            add(list);
        }
    }

    private ListItem line(PersonalKey key) {
        var format = new Format(UI.getCurrent().getLocale(), ZoneId.of("UTC"));
        var facts = new Div(translate("keys.last-used") + ": "
                + (key.lastUsedAt() == null ? translate("never") : format.dateTimeInZone(key.lastUsedAt())) + " · "
                + translate("keys.expires") + ": "
                + (key.expiresAt() == null ? translate("never") : format.dateTimeInZone(key.expiresAt())));
        facts.addClassName("artemis-quiet");
        var revoke = new Button(
                translate("keys.revoke"),
                click -> Ask.before(translate("keys.revoke-of", key.name()))
                        .saying(translate("keys.revoke-why"))
                        .then(translate("keys.revoke"), () -> {
                            keys.revoke(me(), person.user(), key.id());
                            Notices.done(translate("keys.revoked", key.name()));
                            fill();
                        }));
        revoke.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR, ButtonVariant.SMALL);
        revoke.setAriaLabel(translate("keys.revoke-of", key.name()));
        return new ListItem(new Div(new Span(key.name()), facts), revoke);
    }

    private void create() {
        var name = new TextField(translate("name"));
        name.setPlaceholder(translate("account.passkey-example"));
        var expires = new DayField(translate("keys.expires"));
        expires.setClearButtonVisible(true);
        expires.setHelperText(translate("keys.expires-help"));
        new FormDialog(translate("keys.create"), translate("create"), () -> {
                    LocalDate until = expires.getValue();
                    return Checks.filled(name) & expires.check()
                            && Problems.attempt(Map.of("name", name, "expires_at", expires), () -> {
                                var issued = keys.create(
                                        me(),
                                        person.user(),
                                        name.getValue(),
                                        until == null
                                                ? null
                                                : until.atStartOfDay(ZoneOffset.UTC)
                                                        .toInstant());
                                fill();
                                reveal(issued.secret());
                            });
                })
                .with(name, expires)
                .open();
    }

    private Caller me() {
        return new Caller.Platform(person.email());
    }

    private static void reveal(String secret) {
        var dialog = new Dialog(translate("keys.made"));
        dialog.setCloseOnOutsideClick(false);
        dialog.setCloseOnEsc(false);
        var content = new Div(new Note(Tone.WARN, translate("keys.once")), new Snippet(secret));
        content.addClassName("artemis-form");
        dialog.add(content);
        var done = new Button(translate("keys.kept"), click -> dialog.close());
        done.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.getFooter().add(done);
        dialog.open();
    }
}
