package dev.artemis.ui.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.html.Div;
import dev.artemis.OnDatabase;
import dev.artemis.budgets.Limits;
import dev.artemis.ui.format.Format;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

@OnDatabase
class LimitsDialogTest extends SpringBrowserlessTest {

    @Test
    void aPreviewThatFailsSaysSoAndReadsNoLonger() {
        var format = new Format(Locale.ENGLISH, ZoneId.of("UTC"));
        var looking = new CountDownLatch(1);
        new LimitsDialog(Limits.NONE, format, limits -> {
                    await(looking);
                    throw new IllegalStateException("the database is away");
                })
                .open("Limits", limits -> {});
        assertThat(says("Looking at last month")).isTrue();
        looking.countDown();

        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!says("could not be found out. Saving them works") && System.nanoTime() < deadline) {
            roundTrip();
        }

        assertThat(says("could not be found out. Saving them works")).isTrue();
        assertThat(says("Looking at last month")).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean says(String words) {
        return find(Div.class).all().stream().anyMatch(div -> div.getText().contains(words));
    }
}
