package dev.artemis.ui.parts;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.html.Div;

/** What is wrong with a file, said where it is handed in: an upload itself has no place for it. */
public final class FileFault extends Div implements HasValidation {

    private static final long serialVersionUID = 1;

    private boolean invalid;

    public FileFault() {
        addClassName("artemis-fault");
        getElement().setAttribute("role", "alert");
        setVisible(false);
    }

    @Override
    public void setErrorMessage(String why) {
        setText(why);
    }

    @Override
    public String getErrorMessage() {
        return getText();
    }

    @Override
    public void setInvalid(boolean invalid) {
        this.invalid = invalid;
        setVisible(invalid);
    }

    @Override
    public boolean isInvalid() {
        return invalid;
    }
}
