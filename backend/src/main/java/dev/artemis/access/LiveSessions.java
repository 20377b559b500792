package dev.artemis.access;

import dev.artemis.shared.UserId;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The sessions of people on this instance. One is over when its person's password was changed, a membership was taken away,
 * they signed out everywhere, were disabled, or got another standing; at once where that was done here, within seconds
 * elsewhere: an open page stops, though nobody touches it. None lasts longer than half a day.
 */
@Component
public class LiveSessions {

    /** However busy: then one signs in again. */
    public static final Duration LONGEST = Duration.ofHours(12);

    private static final String MARK = LiveSessions.class.getName() + ".mark";

    private final JdbcClient jdbc;
    private final TransactionTemplate aside;
    private final Clock clock;
    private final Map<UUID, SessionMark> live = new ConcurrentHashMap<>();

    LiveSessions(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.aside = new TransactionTemplate(transactions);
        // also asked while the transaction that ended a session is still being wound up
        this.aside.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    private record Standing(
            boolean disabled,
            @Nullable String platformRole,
            @Nullable Instant endBefore) {}

    /**
     * Keeps an eye on a session from now on, if it is not kept already. Call it in the request that lets the person in: what
     * ends their sessions later must find this one.
     *
     * @return whether it was not kept yet
     */
    public boolean watch(HttpSession session, SignedIn person) {
        boolean known = session.getAttribute(MARK) instanceof SessionMark mark
                && mark.user().equals(person.user());
        if (!known) {
            session.setAttribute(MARK, new SessionMark(person.user(), person.platformRole(), clock.instant(), live));
        }
        return !known;
    }

    /** Does what ends a person's sessions, and lets this one of theirs go on. */
    public void keeping(HttpSession session, SignedIn person, Runnable work) {
        session.removeAttribute(MARK);
        try {
            work.run();
        } finally {
            watch(session, person);
        }
    }

    /** Ends on this instance what is over of a person. Call it after the commit that ended it. */
    void ended(UserId person) {
        sweep(Set.of(person));
    }

    /** Whether what a person had open then is over. */
    boolean endedSince(UserId person, Instant then) {
        Standing standing = standings(Set.of(person)).get(person);
        return standing == null || (standing.endBefore() != null && then.isBefore(standing.endBefore()));
    }

    /** How many are open on this instance. */
    public int count() {
        return live.size();
    }

    @Scheduled(fixedDelayString = "2s")
    void sweep() {
        Set<UserId> people = live.values().stream().map(SessionMark::user).collect(Collectors.toSet());
        if (!people.isEmpty()) {
            sweep(people);
        }
    }

    private void sweep(Set<UserId> people) {
        Map<UserId, Standing> standings = standings(people);
        Instant now = clock.instant();
        List<SessionMark> over = live.values().stream()
                .filter(mark -> people.contains(mark.user()))
                .filter(mark -> isOver(mark, standings.get(mark.user()), now))
                .toList();
        over.forEach(SessionMark::end);
    }

    private static boolean isOver(SessionMark mark, @Nullable Standing standing, Instant now) {
        if (standing == null
                || standing.disabled()
                || mark.since().plus(LONGEST).isBefore(now)) {
            return true;
        }
        String role = mark.platformRole() == null ? null : mark.platformRole().name();
        return !java.util.Objects.equals(role, standing.platformRole())
                || (standing.endBefore() != null && mark.since().isBefore(standing.endBefore()));
    }

    private Map<UserId, Standing> standings(Set<UserId> people) {
        String ids = people.stream().map(UserId::toString).collect(Collectors.joining(",", "{", "}"));
        Map<UserId, Standing> standings = new HashMap<>();
        aside.executeWithoutResult(status -> jdbc.sql("""
                        select user_id, disabled, platform_role, sessions_end_before
                        from door.session_states(:ids::uuid[])""").param("ids", ids).query(row -> {
            OffsetDateTime end = row.getObject("sessions_end_before", OffsetDateTime.class);
            standings.put(
                    new UserId(row.getObject("user_id", UUID.class)),
                    new Standing(
                            row.getBoolean("disabled"),
                            row.getString("platform_role"),
                            end == null ? null : end.toInstant()));
        }));
        return standings;
    }
}
