package dev.artemis.ui.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.icon.VaadinIcon;

/** Nothing is here yet: why, and what to do first. */
public final class EmptyState extends Div {

    private static final long serialVersionUID = 1;

    public EmptyState(VaadinIcon icon, String title, String text, Component... actions) {
        addClassName("artemis-empty");
        Icon picture = icon.create();
        picture.getElement().setAttribute("aria-hidden", "true");
        add(picture, new H2(title), new Paragraph(text));
        add(actions);
    }
}
