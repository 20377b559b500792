package dev.artemis.ui;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import dev.artemis.ui.parts.SecretField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.artemis.access.AccessLinks;
import dev.artemis.access.Users;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.Tone;
import java.util.Map;

/** Where a link leads that lets somebody choose a password: the invited, and who forgot. */
@Route(value = "welcome/:token", autoLayout = false)
@AnonymousAllowed
class WelcomeView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private static final long serialVersionUID = 1;

    private final transient AccessLinks links;
    private final Div card = new Div();

    WelcomeView(AccessLinks links) {
        this.links = links;
        addClassName("artemis-sign-in");
        card.addClassNames("artemis-sign-in-card", "artemis-form");
        add(card);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String token = event.getRouteParameters().get("token").orElse("");
        card.removeAll();
        card.add(new DoorHead());
        links.look(token).ifPresentOrElse(whom -> ask(token, whom), this::tooLate);
    }

    @Override
    public String getPageTitle() {
        return translate("welcome.title") + " · Artemis";
    }

    private void ask(String token, AccessLinks.For whom) {
        var password = new SecretField(translate("welcome.password"));
        password.setHelperText(translate("welcome.password-help", Users.MIN_PASSWORD));
        password.getElement().setAttribute("autocomplete", "new-password");
        password.setWidthFull();
        var again = new SecretField(translate("welcome.again"));
        again.getElement().setAttribute("autocomplete", "new-password");
        again.setWidthFull();
        var choose = new Button(translate("welcome.choose"), click -> {
            if (!password.getValue().equals(again.getValue())) {
                Problems.fault(again, translate("welcome.differs"));
                return;
            }
            if (Problems.attempt(Map.of("password", password), () -> links.use(token, password.getValue()))) {
                card.removeAll();
                card.add(
                        new DoorHead(),
                        new Note(Tone.GOOD, translate("welcome.done")),
                        new Anchor(Paths.SIGN_IN, translate("sign-in.submit")));
            }
        });
        choose.addThemeVariants(ButtonVariant.PRIMARY);
        choose.addClickShortcut(Key.ENTER);
        choose.setWidthFull();
        card.add(new Paragraph(translate("welcome." + whom.kind(), whom.email())), password, again, choose);
    }

    private void tooLate() {
        card.add(
                new Note(Tone.WARN, translate("welcome.too-late")),
                new Paragraph(translate("welcome.too-late-why")),
                new Anchor(Paths.SIGN_IN, translate("sign-in.submit")));
    }
}
