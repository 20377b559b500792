package dev.artemis.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.CustomizedSystemMessages;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.SystemMessages;
import com.vaadin.flow.server.SystemMessagesInfo;
import com.vaadin.flow.server.VaadinServiceInitListener;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** What each session begins with: its language, the one handler of errors, and words for the case that it is lost. */
@Component
class Sessions implements VaadinServiceInitListener {

    private static final long serialVersionUID = 1;

    /** An hour. */
    private static final int RECONNECTS = 1_200;

    private static final int RECONNECT_MS = 3_000;

    private final transient Texts texts;

    Sessions(Texts texts) {
        this.texts = texts;
    }

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.getSource().setSystemMessagesProvider(this::messages);
        event.getSource().addUIInitListener(init -> reconnect(init.getUI()));
        event.getSource().addSessionInitListener(init -> {
            Languages.chosen().ifPresent(init.getSession()::setLocale);
            init.getSession().setErrorHandler(new Incidents());
        });
    }

    /** While the server cannot be reached, the browser tries again and again: nothing that is on the page is lost. */
    private void reconnect(UI ui) {
        var dialog = ui.getReconnectDialogConfiguration();
        dialog.setDialogText(texts.getTranslation("session.reconnects", ui.getLocale()));
        dialog.setDialogTextGaveUp(texts.getTranslation("session.gave-up", ui.getLocale()));
        dialog.setReconnectAttempts(RECONNECTS);
        dialog.setReconnectInterval(RECONNECT_MS);
    }

    private SystemMessages messages(SystemMessagesInfo info) {
        Locale locale = info.getLocale() == null ? Locale.ENGLISH : info.getLocale();
        var messages = new CustomizedSystemMessages();
        messages.setSessionExpiredNotificationEnabled(true);
        messages.setSessionExpiredCaption(texts.getTranslation("session.expired", locale));
        messages.setSessionExpiredMessage(texts.getTranslation("session.expired-why", locale));
        messages.setInternalErrorCaption(texts.getTranslation("session.broken", locale));
        messages.setInternalErrorMessage(texts.getTranslation("session.broken-why", locale));
        messages.setCookiesDisabledCaption(texts.getTranslation("session.cookies", locale));
        messages.setCookiesDisabledMessage(texts.getTranslation("session.cookies-why", locale));
        return messages;
    }
}
