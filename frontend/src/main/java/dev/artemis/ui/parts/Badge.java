package dev.artemis.ui.parts;

import com.vaadin.flow.component.html.Span;

/** A state in a word, with its tone. */
public final class Badge extends Span {

    private static final long serialVersionUID = 1;

    public Badge(String text, Tone tone) {
        addClassName("artemis-badge");
        show(text, tone);
    }

    /** Shows another state. */
    public void show(String text, Tone tone) {
        setText(text);
        getElement().setAttribute("data-tone", tone.attribute());
    }
}
