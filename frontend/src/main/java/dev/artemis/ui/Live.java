package dev.artemis.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import dev.artemis.notices.Changes;
import dev.artemis.notices.Topic;
import dev.artemis.notices.Watching;
import dev.artemis.shared.TenantId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a page up to date: asks when it is told that its team changed, and shows what is different. */
@org.springframework.stereotype.Component
public class Live {

    private static final Logger log = LoggerFactory.getLogger(Live.class);

    /** A page is pushed twice a second at most. */
    private static final Duration BETWEEN = Duration.ofMillis(500);

    private static final int REST_AS_LONG = 4;

    /** A notice may be lost, and a day ends without one: look anyway. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private final Changes changes;

    Live(Changes changes) {
        this.changes = changes;
    }

    /**
     * Asks whenever something of that kind changed, until the component leaves the page.
     *
     * @param question asked without the session's lock, on a thread of its own
     * @param known the answer that is shown already
     * @param show called with the session's lock when the answer differs from the one before
     */
    public <T> void watch(
            Component component, TenantId tenant, Set<Topic> topics, Supplier<T> question, T known, Consumer<T> show) {
        watch(component, told -> changes.watch(tenant, topics, told), question, known, show);
    }

    /** The same whenever a person changed anything, in any team or on the platform itself. */
    public <T> void watchPlatform(Component component, Supplier<T> question, T known, Consumer<T> show) {
        watch(component, changes::watchPlatform, question, known, show);
    }

    /** The same whenever money moved in any team. */
    public <T> void watchAllMoney(Component component, Supplier<T> question, T known, Consumer<T> show) {
        watch(component, changes::watchAllMoney, question, known, show);
    }

    private static <T> void watch(
            Component component,
            Function<Consumer<Topic>, Watching> hear,
            Supplier<T> question,
            T known,
            Consumer<T> show) {
        component.addAttachListener(attached -> {
            var watch = new Watch<>(attached.getUI(), component, question, known, show);
            Watching told = hear.apply(topic -> watch.woken.release());
            Thread.ofVirtual().name("page-watch").start(watch);
            component.addDetachListener(detached -> {
                detached.unregisterListener();
                told.close();
                watch.gone.countDown();
                watch.woken.release();
            });
        });
    }

    /**
     * The same for what no notice tells, such as the progress of some work: asks again and again.
     *
     * @param pause between an answer and the next question
     */
    public <T> void watch(Component component, Duration pause, Supplier<T> question, T known, Consumer<T> show) {
        component.addAttachListener(attached -> {
            var watch = new Watch<>(attached.getUI(), component, question, known, show);
            Thread.ofVirtual().name("page-watch").start(() -> watch.lookEvery(pause));
            component.addDetachListener(detached -> {
                detached.unregisterListener();
                watch.gone.countDown();
            });
        });
    }

    /** Not interrupted when it is to end: an interrupt would close the connection to the database that it may be using. */
    private static final class Watch<T> implements Runnable {

        private final Semaphore woken = new Semaphore(0);
        private final CountDownLatch gone = new CountDownLatch(1);
        private final UI ui;
        private final Component component;
        private final Supplier<T> question;
        private final Consumer<T> show;
        private T shown;

        Watch(UI ui, Component component, Supplier<T> question, T known, Consumer<T> show) {
            this.ui = ui;
            this.component = component;
            this.question = question;
            this.shown = known;
            this.show = show;
        }

        @Override
        public void run() {
            try {
                Duration rest = BETWEEN;
                while (!gone.await(rest.toMillis(), TimeUnit.MILLISECONDS)) {
                    if (woken.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                        woken.drainPermits();
                    }
                    if (gone.getCount() > 0) {
                        rest = restAfter(timeOf(this::look));
                    }
                }
            } catch (UIDetachedException left) {
                log.debug("The page went away while it was brought up to date");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** What takes long is asked seldom: a page that is open looks a fifth of the time at most. */
        private static Duration restAfter(Duration look) {
            Duration rest = look.multipliedBy(REST_AS_LONG);
            return rest.compareTo(BETWEEN) > 0 ? rest : BETWEEN;
        }

        private static Duration timeOf(Runnable look) {
            long start = System.nanoTime();
            look.run();
            return Duration.ofNanos(System.nanoTime() - start);
        }

        private void lookEvery(Duration pause) {
            try {
                while (!gone.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    look();
                }
            } catch (UIDetachedException left) {
                log.debug("The page went away while it was brought up to date");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void look() {
            try {
                T answer = question.get();
                if (!answer.equals(shown)) {
                    shown = answer;
                    // the page may have gone on to another team meanwhile
                    var _ = ui.access(() -> {
                        if (component.isAttached()) {
                            show.accept(answer);
                        }
                    });
                }
            } catch (UIDetachedException left) {
                throw left;
            } catch (RuntimeException e) {
                Incidents.record(e);
            }
        }
    }
}
