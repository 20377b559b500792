package dev.artemis.ui.parts;

import com.vaadin.flow.component.UI;

/** What is laid out otherwise on a phone asks here, when it is shown. */
public final class Phone {

    private static final int MOST_PIXELS = 480;

    private Phone() {}

    /** Whether the window is as narrow as a phone's. */
    public static boolean isNarrow() {
        int width = UI.getCurrent().getPage().getExtendedClientDetails().getWindowInnerWidth();
        return width > 0 && width <= MOST_PIXELS;
    }
}
