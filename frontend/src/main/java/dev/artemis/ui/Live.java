package dev.artemis.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.TaskScheduler;

/** Keeps a page up to date: asks again and again while it is shown, and tells it what changed. */
@org.springframework.stereotype.Component
public class Live {

    private static final Logger log = LoggerFactory.getLogger(Live.class);

    private final TaskScheduler scheduler;

    Live(TaskScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Asks until the component leaves the page.
     *
     * @param question asked without the session's lock, on a thread of its own
     * @param known the answer that is shown already
     * @param show called with the session's lock when the answer differs from the one before
     */
    public <T> void watch(Component component, Duration pause, Supplier<T> question, T known, Consumer<T> show) {
        component.addAttachListener(attached -> {
            var watch = new Watch<>(attached.getUI(), question, known, show);
            ScheduledFuture<?> asking = scheduler.scheduleWithFixedDelay(
                    watch, scheduler.getClock().instant().plus(pause), pause);
            component.addDetachListener(detached -> {
                detached.unregisterListener();
                asking.cancel(false);
            });
        });
    }

    private static final class Watch<T> implements Runnable {

        private final UI ui;
        private final Supplier<T> question;
        private final Consumer<T> show;
        private T shown;

        Watch(UI ui, Supplier<T> question, T known, Consumer<T> show) {
            this.ui = ui;
            this.question = question;
            this.shown = known;
            this.show = show;
        }

        @Override
        public void run() {
            try {
                T answer = question.get();
                if (!answer.equals(shown)) {
                    shown = answer;
                    var _ = ui.access(() -> show.accept(answer));
                }
            } catch (UIDetachedException gone) {
                log.debug("The page went away while it was brought up to date");
            } catch (RuntimeException e) {
                Incidents.record(e);
            }
        }
    }
}
