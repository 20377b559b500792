package dev.artemis.ui.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;

/** A link to a page of ours, followed without loading the page anew. */
public class Link extends Anchor {

    private static final long serialVersionUID = 1;

    public Link(String path, String text) {
        super(path, text);
        getElement().setAttribute("router-link", true);
    }

    public Link(String path, Component content) {
        super(path, content);
        getElement().setAttribute("router-link", true);
    }

    /** The same, looking like a quiet link. */
    public Link quiet() {
        addClassName("artemis-link");
        return this;
    }

    /** The same, in the colour of the buttons that it stands among. */
    public Link amongButtons() {
        addClassNames("artemis-link", "artemis-action");
        return this;
    }
}
