package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.artemis.exports.ChargebackColumns;

/** Says above a table which lines it leaves out, and what of the others. */
final class DearestNote {

    private DearestNote() {}

    /**
     * The text of the note.
     *
     * @param most how many lines the table has
     * @param charged whether there is a mark-up, which the file has and the table has not
     */
    static String text(String most, ChargebackColumns charged) {
        return translate(
                switch (charged) {
                    case SHOWN -> "costs.dearest-charged";
                    case LEFT_OUT -> "costs.dearest";
                },
                most);
    }
}
