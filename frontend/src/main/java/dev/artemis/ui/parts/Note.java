package dev.artemis.ui.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.icon.VaadinIcon;

/** A message that stays on the page. */
public final class Note extends Div {

    private static final long serialVersionUID = 1;

    public Note(Tone tone, String text, Component... more) {
        addClassName("artemis-note");
        getElement().setAttribute("data-tone", tone.attribute());
        getElement().setAttribute("role", tone == Tone.BAD ? "alert" : "status");
        Icon icon = switch (tone) {
            case GOOD -> VaadinIcon.CHECK_CIRCLE_O.create();
            case BUSY, CALM -> VaadinIcon.INFO_CIRCLE_O.create();
            case WARN, BAD -> VaadinIcon.WARNING.create();
        };
        icon.getElement().setAttribute("aria-hidden", "true");
        var words = new Div(new Span(text));
        if (more.length > 0) {
            words.add(new Text(" "));
            words.add(more);
        }
        add(icon, words);
    }
}
