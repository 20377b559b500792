package dev.artemis.ui.parts;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
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

    /** Something was done that can be taken back while the message stays. */
    public static void done(String text, Runnable undo) {
        var notice = new Notification();
        notice.addThemeVariants(NotificationVariant.SUCCESS);
        notice.setPosition(Notification.Position.BOTTOM_END);
        notice.setDuration(LONG);
        var back = new Button(translate("undo"), click -> {
            notice.close();
            undo.run();
        });
        back.addThemeVariants(ButtonVariant.SMALL);
        var both = new Div(new Span(text), back);
        both.addClassName("artemis-undo");
        notice.add(both);
        notice.open();
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
