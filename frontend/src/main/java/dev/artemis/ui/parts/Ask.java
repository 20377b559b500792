package dev.artemis.ui.parts;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import dev.artemis.ui.Problems;

/** A question before something is done: what it is, what will happen, and a way back. */
public final class Ask {

    private final ConfirmDialog dialog = new ConfirmDialog();

    private Ask(String title) {
        dialog.setHeader(title);
        // which may end with an address
        dialog.getElement().getStyle().set("overflow-wrap", "break-word");
        dialog.setCancelable(true);
        dialog.setCancelText(translate("cancel"));
    }

    /** A question that is not asked yet. */
    public static Ask before(String title) {
        return new Ask(title);
    }

    /** What will happen, in a sentence or two. */
    public Ask saying(String consequences) {
        dialog.setText(consequences);
        return this;
    }

    /** What is done where the answer is no. */
    public Ask otherwise(Runnable nothing) {
        dialog.addCancelListener(cancelled -> nothing.run());
        return this;
    }

    /** Asks; a refusal of what is done is said as a notice. The button looks like what it is: not harmless. */
    public void then(String action, Runnable work) {
        dialog.setConfirmButtonTheme("error primary");
        thenHarmless(action, work);
    }

    /** The same for what takes nothing away. */
    public void thenHarmless(String action, Runnable work) {
        dialog.setConfirmText(action);
        dialog.addConfirmListener(confirmed -> Problems.attempt(work));
        dialog.open();
    }
}
