package dev.artemis.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A page that stays open while nobody is there says by itself that it lives: that keeps nobody signed in. */
@Tag("browser")
@EnabledIf(
        value = "dev.artemis.e2e.Chromium#isInstalled",
        disabledReason = "no chromium: ./artemis test installs it where it may")
@Execution(ExecutionMode.CONCURRENT) // it only waits
@Order(3)
class IdlePageTest {

    /** The shortest that the container knows. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    private static final Duration PATIENCE = IDLE.multipliedBy(4);

    @Test
    void aPageThatNobodyTouchesEndsWithItsSessionHoweverOftenItSaysThatItLives() {
        Map<String, String> soon = Map.of(
                "SERVER_SERVLET_SESSION_TIMEOUT", IDLE.toSeconds() + "s",
                "SERVER_TOMCAT_BACKGROUNDPROCESSORDELAY", "1s", // with every sixth it looks for sessions that are over
                "VAADIN_HEARTBEATINTERVAL", "5");
        try (TemporaryHome home = TemporaryHome.create();
                Instance instance = Instance.start(home.path(), soon);
                Chromium chromium = Chromium.launch()) {
            Page page = chromium.visit(instance);
            Person person = Person.admin(page);
            page.navigate("account");
            person.settled();
            var heartbeats = new AtomicInteger();
            page.onResponse(response -> {
                if (response.url().contains("v-r=heartbeat") && response.ok()) {
                    heartbeats.incrementAndGet();
                }
            });
            long begin = System.nanoTime();

            assertThat(page.getByText("Your session has ended"))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE.toMillis()));

            Assertions.assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("not before its time")
                    .isGreaterThan(IDLE.minusSeconds(10));
            Assertions.assertThat(heartbeats)
                    .as("that were answered while the session lived")
                    .hasValueGreaterThan(5);
            page.navigate("account");
            assertThat(person.field("Password")).isVisible();
        }
    }
}
