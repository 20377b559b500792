package dev.artemis.ui.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Paragraph;

/** The head of a page: its only H1, a line about it, and what can be done. */
public final class PageHead extends Header {

    private static final long serialVersionUID = 1;

    private final Div words = new Div();
    private final H1 title = new H1();
    private final Div line = new Div(title);
    private final Div actions = new Div();

    public PageHead(String title) {
        addClassName("artemis-head");
        this.title.setText(title);
        this.title.getElement().setAttribute("tabindex", "-1");
        actions.addClassName("artemis-actions");
        line.addClassName("artemis-title");
        words.add(line);
        add(words, actions);
    }

    /** A line below the title. */
    public PageHead about(String text) {
        words.add(new Paragraph(text));
        return this;
    }

    /** Something beside the title, such as a state. */
    public PageHead beside(Component component) {
        line.add(component);
        return this;
    }

    /** The way back up. */
    public PageHead under(Link parent) {
        parent.addClassName("artemis-crumb");
        words.addComponentAsFirst(parent);
        return this;
    }

    /** Adds what can be done here. */
    public PageHead action(Component action) {
        actions.add(action);
        return this;
    }
}
