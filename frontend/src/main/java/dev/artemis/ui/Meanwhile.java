package dev.artemis.ui;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.server.Command;
import dev.artemis.shared.Problem;
import dev.artemis.ui.parts.Notices;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Work that may take seconds, such as a question to somebody else's server: meanwhile the session is free for all its tabs. */
public final class Meanwhile {

    private Meanwhile() {}

    /**
     * Works on a thread of its own, and goes on with the session's lock while somebody looks.
     *
     * @param looking what is on the page as long as they do
     * @param work without the lock: it touches no component, and does not ask who is signed in
     * @param failed before a refusal, or a fault with its incident, is said
     */
    public static <T> void does(Component looking, Supplier<T> work, Consumer<T> done, Runnable failed) {
        UI ui = UI.getCurrent();
        Thread.ofVirtual().name("page-meanwhile").start(() -> {
            try {
                Command next = outcome(work, done, failed);
                var _ = ui.access(() -> {
                    if (looking.isAttached()) {
                        next.execute();
                    }
                });
            } catch (UIDetachedException gone) {
                // nobody looks any more
            }
        });
    }

    private static <T> Command outcome(Supplier<T> work, Consumer<T> done, Runnable failed) {
        try {
            T result = work.get();
            return () -> done.accept(result);
        } catch (Problem refusal) {
            return () -> {
                failed.run();
                Notices.failed(Problems.text(refusal));
            };
        } catch (RuntimeException fault) {
            String incident = Incidents.record(fault);
            return () -> {
                failed.run();
                Notices.failed(translate("error.incident", incident));
            };
        }
    }
}
