package dev.artemis.access;

import dev.artemis.shared.UserId;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sits in a session and knows whose it is; comes and goes with it. Follows it where it gets another id. */
final class SessionMark implements HttpSessionBindingListener {

    private final UUID id = UUID.randomUUID();
    private final UserId user;
    private final @Nullable PlatformRole platformRole;
    private final Instant since;
    private final Map<UUID, SessionMark> live;
    private volatile @Nullable HttpSession session;

    SessionMark(UserId user, @Nullable PlatformRole platformRole, Instant since, Map<UUID, SessionMark> live) {
        this.user = user;
        this.platformRole = platformRole;
        this.since = since;
        this.live = live;
    }

    UserId user() {
        return user;
    }

    @Nullable PlatformRole platformRole() {
        return platformRole;
    }

    Instant since() {
        return since;
    }

    /** Ends the session; harmless where it is over. */
    void end() {
        HttpSession mine = session;
        if (mine != null) {
            try {
                mine.invalidate();
            } catch (IllegalStateException over) {
                live.remove(id);
            }
        }
    }

    @Override
    public void valueBound(HttpSessionBindingEvent event) {
        session = event.getSession();
        live.put(id, this);
    }

    @Override
    public void valueUnbound(HttpSessionBindingEvent event) {
        live.remove(id);
    }
}
