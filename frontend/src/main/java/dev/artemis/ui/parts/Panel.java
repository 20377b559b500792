package dev.artemis.ui.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Section;

/** A titled part of a page. */
public class Panel extends Section {

    private static final long serialVersionUID = 1;

    private final Header head = new Header();

    public Panel(String title, Component... content) {
        addClassName("artemis-panel");
        head.add(new H2(title));
        getElement().setAttribute("aria-label", title);
        add(head);
        add(content);
    }

    /** Puts something at the end of the title's line. */
    public Panel aside(Component component) {
        head.add(component);
        return this;
    }

    /** Takes away all but the title's line. */
    public void clear() {
        getChildren().filter(child -> !child.equals(head)).toList().forEach(this::remove);
    }
}
