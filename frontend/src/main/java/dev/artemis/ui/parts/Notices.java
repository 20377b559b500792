package dev.artemis.ui.parts;

import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import java.time.Duration;

/** Short messages that come and go. */
public final class Notices {

    private static final int SHORT = (int) Duration.ofSeconds(4).toMillis();
    private static final int LONG = (int) Duration.ofSeconds(12).toMillis();

    private Notices() {}

    /** Something was done. */
    public static void done(String text) {
        show(text, SHORT, NotificationVariant.SUCCESS);
    }

    /** Something could not be done; stays longer, and is read out at once. */
    public static void failed(String text) {
        Notification notice = show(text, LONG, NotificationVariant.ERROR);
        notice.setAssertive(true);
    }

    private static Notification show(String text, int millis, NotificationVariant look) {
        Notification notice = Notification.show(text, millis, Notification.Position.BOTTOM_END);
        notice.addThemeVariants(look);
        return notice;
    }
}
