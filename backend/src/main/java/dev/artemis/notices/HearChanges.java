package dev.artemis.notices;

import dev.artemis.configuration.OnlyAs;
import dev.artemis.configuration.ServerRole;
import dev.artemis.db.Database;
import dev.artemis.db.DatabaseLogin;
import dev.artemis.shared.TenantId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Listens on a connection of its own, and comes back when it was lost. */
@Component
@OnlyAs(ServerRole.UI)
class HearChanges implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(HearChanges.class);
    private static final int WAIT_MS = 1_000;
    private static final int PAUSE_MS = 500;

    private final DatabaseLogin login;
    private final Changes changes;
    private volatile @Nullable Thread listener;

    HearChanges(Database database, Changes changes) {
        this.login = database.app();
        this.changes = changes;
    }

    @Override
    public void start() {
        Thread fresh = Thread.ofPlatform().name("hear-changes").daemon().unstarted(this::listen);
        listener = fresh;
        fresh.start();
    }

    @Override
    public void stop() {
        listener = null;
    }

    @Override
    public boolean isRunning() {
        return listener != null;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }

    /** False for the thread of before a stop that was followed by a start. */
    @SuppressWarnings("ReferenceEquality")
    private boolean listening() {
        return Thread.currentThread() == listener;
    }

    private void listen() {
        while (listening()) {
            try (Connection connection = DriverManager.getConnection(login.url(), login.username(), login.password())) {
                try (var statement = connection.createStatement()) {
                    statement.execute("listen artemis_changes");
                }
                changes.deliverEverything();
                take(connection.unwrap(PGConnection.class));
            } catch (SQLException e) {
                if (listening()) {
                    log.warn("Pages hear of no changes for now: {}", e.getMessage());
                    pause();
                }
            }
        }
    }

    private void take(PGConnection connection) throws SQLException {
        while (listening()) {
            PGNotification[] notices = connection.getNotifications(WAIT_MS);
            for (PGNotification notice : notices == null ? new PGNotification[0] : notices) {
                String[] words = notice.getParameter().split(" ", 2);
                changes.deliver(new TenantId(UUID.fromString(words[0])), Topic.valueOf(words[1]));
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
