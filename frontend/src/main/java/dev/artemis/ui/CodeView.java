package dev.artemis.ui;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.artemis.access.PendingSignIn;
import dev.artemis.access.SignInSteps;
import java.util.Optional;

/** The second step at the door: a code from the person's device, or a recovery code. */
@Route(value = Paths.SIGN_IN_CODE, autoLayout = false)
@AnonymousAllowed
class CodeView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    /** Where the session keeps who is halfway in. */
    static final String PENDING = CodeView.class.getName() + ".pending";

    private static final long serialVersionUID = 1;

    private final transient SignInSteps steps;
    private final TextField code = new TextField(translate("sign-in.code"));

    CodeView(SignInSteps steps) {
        this.steps = steps;
        addClassName("artemis-sign-in");
        code.setAutofocus(true);
        code.getElement().setAttribute("autocomplete", "one-time-code");
        code.setHelperText(translate("sign-in.code-help"));
        code.setWidthFull();
        var submit = new Button(translate("sign-in.submit"), click -> prove());
        submit.addThemeVariants(ButtonVariant.PRIMARY);
        submit.addClickShortcut(Key.ENTER);
        submit.setWidthFull();
        var card = new Div(new DoorHead(), new Paragraph(translate("sign-in.code-about")), code, submit);
        card.addClassNames("artemis-sign-in-card", "artemis-form");
        add(card);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (pending().isEmpty()) {
            event.forwardTo(SignInView.class);
        }
    }

    @Override
    public String getPageTitle() {
        return translate("sign-in.code") + " · Artemis";
    }

    private void prove() {
        Optional<PendingSignIn> pending = pending();
        if (pending.isEmpty()) {
            getUI().ifPresent(ui -> ui.navigate(SignInView.class));
            return;
        }
        String address = VaadinRequest.getCurrent().getRemoteAddr();
        steps.withCode(pending.get(), code.getValue(), address)
                .ifPresentOrElse(
                        person -> {
                            VaadinSession.getCurrent().getSession().removeAttribute(PENDING);
                            SigningIn.as(person);
                        },
                        () -> Problems.fault(code, translate("sign-in.code-wrong")));
    }

    private static Optional<PendingSignIn> pending() {
        return VaadinSession.getCurrent().getSession().getAttribute(PENDING) instanceof PendingSignIn pending
                ? Optional.of(pending)
                : Optional.empty();
    }
}
