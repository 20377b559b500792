package dev.artemis.ui;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ErrorHandler;
import dev.artemis.shared.Problem;
import dev.artemis.ui.parts.Notices;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one handler of what went wrong on a page. What the person did wrong is said to them; a fault of ours is logged
 * under an incident's id, and the id is all that is shown.
 */
public class Incidents implements ErrorHandler {

    private static final long serialVersionUID = 1;

    private static final Logger log = LoggerFactory.getLogger(Incidents.class);

    @Override
    public void error(ErrorEvent event) {
        if (event.getThrowable() instanceof Problem problem) {
            show(Problems.text(problem));
            return;
        }
        String incident = record(event.getThrowable());
        show(translate("error.incident", incident));
    }

    /** Logs a fault of ours and returns the id under which it can be found. */
    public static String record(Throwable fault) {
        String incident = UUID.randomUUID().toString().substring(0, 8);
        log.error("Page failed, incident={}", incident, fault);
        return incident;
    }

    private static void show(String text) {
        UI ui = UI.getCurrent();
        if (ui != null) {
            var _ = ui.access(() -> Notices.failed(text));
        }
    }
}
