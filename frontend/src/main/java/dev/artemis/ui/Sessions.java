package dev.artemis.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.CustomizedSystemMessages;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.SystemMessages;
import com.vaadin.flow.server.SystemMessagesInfo;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** What each session begins with: its language, the one handler of errors, and words for the case that it is lost. */
@Component
class Sessions implements VaadinServiceInitListener {

    private static final long serialVersionUID = 1;

    /** An hour. */
    private static final int RECONNECTS = 1_200;

    private static final int RECONNECT_MS = 3_000;

    /**
     * A page that nobody touches only listens, and Vaadin's client says nothing when that ends: it waits until somebody does
     * something and is not answered. So the page asks by itself, and the client says what is wrong as it always does. It asks as well
     * when the browser is on a network again and what was left open has been sent: the client's answer to that was seen to go on saying
     * that the server is out of reach, until the next question is answered.
     */
    private static final String ASK_WHEN_NOTHING_IS_HEARD = """
        let asking;
        let leaving = false;
        const askIn = (millis) => {
          clearTimeout(asking);
          asking = setTimeout(() => {
            if (!leaving) {
              Object.values(window.Vaadin.Flow.clients).forEach((client) => client.poll?.());
            }
          }, millis);
        };
        window.addEventListener('online', () => askIn($1));
        window.addEventListener('pagehide', () => { leaving = true; });
        window.addEventListener('pageshow', () => { leaving = false; });
        window.vaadinPush?.atmosphere?.addCallback((heard) => {
          if (heard.state === 'closed' || heard.state === 'error') {
            askIn($0);
          }
        });
        """;

    /** In the person's language, and read out: by itself the notice of the connection is seen only, and says "Online" to everybody. */
    private static final String SAY_WHAT_IS_SEEN = """
        const notice = window.Vaadin.connectionIndicator;
        notice.onlineText = $0;
        notice.setAttribute('role', 'status');
        """;

    /** A connection that breaks and comes back at once is nobody's concern. */
    private static final int PATIENCE_MS = 1_000;

    private final transient Texts texts;

    Sessions(Texts texts) {
        this.texts = texts;
    }

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.getSource().setSystemMessagesProvider(this::messages);
        event.getSource().addUIInitListener(init -> reconnect(init.getUI()));
        event.addIndexHtmlRequestListener(Sessions::speak);
        event.getSource().addSessionInitListener(init -> {
            Languages.chosen().ifPresent(init.getSession()::setLocale);
            init.getSession().setErrorHandler(new Incidents());
        });
    }

    /** Vaadin says that all pages are in the first language that there is; screen readers believe it. */
    private static void speak(IndexHtmlResponse page) {
        Locale locale = VaadinSession.getCurrent().getLocale();
        page.getDocument().select("html").attr("lang", Texts.languageOf(locale));
    }

    /** While the server cannot be reached, the browser tries again and again: nothing that is on the page is lost. */
    private void reconnect(UI ui) {
        var dialog = ui.getReconnectDialogConfiguration();
        dialog.setDialogText(texts.getTranslation("session.reconnects", ui.getLocale()));
        dialog.setDialogTextGaveUp(texts.getTranslation("session.gave-up", ui.getLocale()));
        dialog.setReconnectAttempts(RECONNECTS);
        dialog.setReconnectInterval(RECONNECT_MS);
        ui.getPage().executeJs(SAY_WHAT_IS_SEEN, texts.getTranslation("session.back", ui.getLocale()));
        ui.getPage().executeJs(ASK_WHEN_NOTHING_IS_HEARD, PATIENCE_MS, RECONNECT_MS + PATIENCE_MS);
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
