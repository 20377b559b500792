package dev.artemis.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Image;

/** Whose door it is, on each page in front of it. */
final class DoorHead extends Header {

    private static final long serialVersionUID = 1;

    DoorHead(Component... below) {
        super(new Image("icons/artemis.svg", ""), new H1("Artemis"));
        add(below);
    }
}
