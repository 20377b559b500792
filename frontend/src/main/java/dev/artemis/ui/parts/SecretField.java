package dev.artemis.ui.parts;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.internal.JacksonUtils;

/** Takes what nobody else shall read; the button that shows it says so in the reader's language. */
public final class SecretField extends PasswordField {

    private static final long serialVersionUID = 1;

    public SecretField(String label) {
        super(label);
        // its Java side has words for faults alone
        getElement()
                .setPropertyJson("i18n", JacksonUtils.createObjectNode().put("reveal", translate("password.reveal")));
    }
}
