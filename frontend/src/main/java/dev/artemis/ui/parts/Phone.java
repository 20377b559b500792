package dev.artemis.ui.parts;

import com.vaadin.flow.component.UI;

/** What is laid out otherwise on a phone asks here, when it is shown. */
public final class Phone {

    private static final int MOST_PIXELS = 480;

    /** As styles.css has them. */
    private static final int DRAWER = 248;

    private static final int WIDEST_PAGE = 1216;
    private static final int AROUND_A_PANEL = 76;
    private static final int AROUND_A_PHONES_PANEL = 34;

    private Phone() {}

    /** Whether the window is as narrow as a phone's. */
    public static boolean isNarrow() {
        int width = width();
        return width > 0 && width <= MOST_PIXELS;
    }

    /**
     * So many pixels fit into a panel of a page, beside the drawer where it stands there, if all that is wider is cut off; without
     * end where nobody knows.
     */
    public static int room() {
        int width = width();
        if (isNarrow()) {
            return width - AROUND_A_PHONES_PANEL;
        }
        return width <= 0 ? Integer.MAX_VALUE : Math.min(width - DRAWER, WIDEST_PAGE) - AROUND_A_PANEL;
    }

    private static int width() {
        return UI.getCurrent().getPage().getExtendedClientDetails().getWindowInnerWidth();
    }
}
