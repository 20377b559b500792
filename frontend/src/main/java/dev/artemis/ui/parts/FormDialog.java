package dev.artemis.ui.parts;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import java.util.function.BooleanSupplier;

/**
 * A few fields over the page. Enter saves, Escape leaves; it closes only when saving went through. When the session is lost meanwhile,
 * the same dialog has again what was typed into it, but for passwords and what {@link Keep#not} leaves out.
 */
public final class FormDialog extends Dialog {

    private static final long serialVersionUID = 1;

    private final Div form = new Div();
    private final String place;
    private final Keep keep;

    /**
     * A dialog that is not open yet.
     *
     * @param action what its button says
     * @param save done when it is pressed; false leaves the dialog open with its faults at the fields
     */
    public FormDialog(String title, String action, BooleanSupplier save) {
        setHeaderTitle(title);
        setCloseOnOutsideClick(false);
        form.addClassName("artemis-form");
        place = UI.getCurrent().getActiveViewLocation().getPath() + " " + title;
        keep = new Keep(place).ofAll();
        keep.add(form);
        add(keep);
        addOpenedChangeListener(change -> {
            if (!change.isOpened()) {
                keep.forget();
            }
        });
        var cancel = new Button(translate("cancel"), click -> close());
        cancel.addThemeVariants(ButtonVariant.TERTIARY);
        var confirm = new Button(action);
        // a second click while the first is handled would do it again
        confirm.setDisableOnClick(true);
        confirm.addClickListener(click -> {
            try {
                // Enter twice on a slow network: the second comes when the first is done
                if (isOpened() && save.getAsBoolean()) {
                    close();
                }
            } finally {
                confirm.setEnabled(true);
            }
        });
        confirm.addThemeVariants(ButtonVariant.PRIMARY);
        confirm.addClickShortcut(Key.ENTER).listenOn(form);
        getFooter().add(cancel, confirm);
    }

    /** Makes room for fields side by side. */
    public FormDialog wide() {
        form.addClassName("artemis-form-wide");
        return this;
    }

    /**
     * Says what it is about where the title does not tell it from the same dialog about something else: what was typed about the one is
     * not put into the other.
     */
    public FormDialog about(Object one) {
        keep.at(place + " " + one);
        return this;
    }

    /** Adds fields, one below the other. */
    public FormDialog with(Component... fields) {
        form.add(fields);
        return this;
    }
}
