package dev.artemis.runs;

import dev.artemis.db.Database;
import dev.artemis.db.DatabaseLogin;
import dev.artemis.shared.RunId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * PostgreSQL's notices about runs, on every instance: who waits for a run, for the queue or for a cancellation is woken, and who can make
 * room is told, within milliseconds. A notice is a hint and carries nothing but an id: whoever is woken reads the database, and looks
 * now and then by itself, since notices are lost while the connection is.
 *
 * <p>Stops first, so that requests which wait end before the web server waits for them.
 */
@Component
class RunNotices implements SmartLifecycle {

    static final String RUNS = "artemis_runs";
    static final String CANCELLATIONS = "artemis_cancel";
    static final String NO_ROOM = "artemis_no_room";
    private static final String QUEUE = "artemis_queue";

    private static final Logger log = LoggerFactory.getLogger(RunNotices.class);
    private static final int WAIT_MS = 1_000;

    private final DatabaseLogin login;
    private final Map<RunId, Set<Watch>> watches = new ConcurrentHashMap<>();
    private final List<Runnable> queueListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<RunId>> cancelListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<UUID>> noRoomListeners = new CopyOnWriteArrayList<>();
    private volatile boolean running;
    private volatile @Nullable Thread listener;

    RunNotices(Database database) {
        this.login = database.app();
    }

    /** Wakes whoever awaits it when its run changes. Close it. */
    final class Watch implements AutoCloseable {

        private final RunId run;
        private final Semaphore woken = new Semaphore(0);

        private Watch(RunId run) {
            this.run = run;
        }

        /** Waits for a change since the last call, at most that long. Returns false when this server is stopping. */
        boolean await(Duration atMost) throws InterruptedException {
            if (running && woken.tryAcquire(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS)) {
                woken.drainPermits();
            }
            return running;
        }

        @Override
        public void close() {
            watches.computeIfPresent(run, (id, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
        }
    }

    /** Begin watching before reading the run, or a change in between is missed. */
    Watch watch(RunId run) {
        Watch watch = new Watch(run);
        watches.compute(run, (id, all) -> {
            Set<Watch> those = all == null ? ConcurrentHashMap.newKeySet() : all;
            those.add(watch);
            return those;
        });
        return watch;
    }

    void onQueue(Runnable listener) {
        queueListeners.add(listener);
    }

    void onCancellation(Consumer<RunId> listener) {
        cancelListeners.add(listener);
    }

    /** Is told the team of each run that some worker's sandbox had no room for. */
    void onNoRoom(Consumer<UUID> listener) {
        noRoomListeners.add(listener);
    }

    @Override
    public void start() {
        running = true;
        Thread fresh = Thread.ofPlatform().name("run-notices").daemon().unstarted(this::listen);
        listener = fresh;
        fresh.start();
    }

    @Override
    public void stop() {
        running = false;
        wakeAll();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    /** False for a listener of before a stop that was followed by a start. */
    @SuppressWarnings("ReferenceEquality")
    private boolean listening() {
        return running && Thread.currentThread() == listener;
    }

    private void listen() {
        while (listening()) {
            try (Connection connection = DriverManager.getConnection(login.url(), login.username(), login.password())) {
                try (var statement = connection.createStatement()) {
                    statement.execute("listen " + RUNS);
                    statement.execute("listen " + QUEUE);
                    statement.execute("listen " + CANCELLATIONS);
                    statement.execute("listen " + NO_ROOM);
                }
                wakeAll();
                take(connection.unwrap(PGConnection.class));
            } catch (SQLException e) {
                if (listening()) {
                    log.warn("No notices from the database for now: {}", e.getMessage());
                    pause();
                }
            }
        }
    }

    private void take(PGConnection connection) throws SQLException {
        while (listening()) {
            PGNotification[] notices = connection.getNotifications(WAIT_MS);
            for (PGNotification notice : notices == null ? new PGNotification[0] : notices) {
                heed(notice);
            }
        }
    }

    /** Whoever may use the database may send one that nobody can read, or that a listener fails at: the others are heard all the same. */
    private void heed(PGNotification notice) {
        try {
            deliver(notice.getName(), notice.getParameter());
        } catch (RuntimeException e) {
            log.warn("A notice was passed over, channel={}", notice.getName(), e);
        }
    }

    private void deliver(String channel, String payload) {
        switch (channel) {
            case RUNS -> watches.getOrDefault(RunId.parse(payload), Set.of()).forEach(watch -> watch.woken.release());
            case CANCELLATIONS -> cancelListeners.forEach(listener -> listener.accept(RunId.parse(payload)));
            case NO_ROOM -> noRoomListeners.forEach(listener -> listener.accept(UUID.fromString(payload)));
            default -> queueListeners.forEach(Runnable::run);
        }
    }

    private void wakeAll() {
        watches.values().forEach(all -> all.forEach(watch -> watch.woken.release()));
        queueListeners.forEach(Runnable::run);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
