package dev.artemis.ui;

import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.artemis.ui.parts.Chart;
import dev.artemis.ui.parts.CodeEditor;

@Route("sign-in")
@AnonymousAllowed
class SignInView extends Main {

    private static final long serialVersionUID = 1;

    SignInView() {
        var form = new LoginForm();
        form.setAction("sign-in");
        add(new H1("Artemis"), form, new Chart(), new CodeEditor("Code"));
    }
}
