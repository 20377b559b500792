package dev.artemis.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.shared.Caller;
import dev.artemis.shared.UserId;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.TestConstructor;
import org.springframework.transaction.PlatformTransactionManager;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class LiveSessionsTest {

    private final Users users;
    private final SettableClock clock;
    private final LiveSessions sessions;

    LiveSessionsTest(Users users, JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.users = users;
        this.clock = new SettableClock(Clock.systemUTC().instant());
        this.sessions = new LiveSessions(jdbc, transactions, clock);
    }

    @Test
    void aSessionEndsAfterTwelveHoursHoweverBusyItIs() {
        UserId person = users.addOrFind(new Caller.Platform("test"), "busy@example.org");
        SignedIn signedIn = new SignedIn(person.value(), "busy@example.org", null);
        MockHttpSession session = new MockHttpSession();
        sessions.watch(session, signedIn);

        clock.advance(LiveSessions.LONGEST.minusSeconds(1));
        assertThat(sessions.watch(session, signedIn)).as("known since it began").isFalse();
        sessions.sweep();
        assertThat(session.isInvalid()).isFalse();

        clock.advance(Duration.ofSeconds(2));
        sessions.sweep();

        assertThat(LiveSessions.LONGEST).isEqualTo(Duration.ofHours(12));
        assertThat(session.isInvalid()).isTrue();
        assertThat(sessions.count()).isZero();
    }
}
