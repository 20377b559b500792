package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.CoreV1EventSeries;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewestEventTest {

    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-10-05T12:00:00Z");

    @Test
    void whatIsSaidAgainIsNewerThanWhatWasSaidOnceMeanwhile() {
        CoreV1Event again =
                new CoreV1Event().reason("denied").firstTimestamp(NOON).lastTimestamp(NOON.plusMinutes(2));
        CoreV1Event once = new CoreV1Event()
                .reason("quota")
                .firstTimestamp(NOON.plusMinutes(1))
                .lastTimestamp(NOON.plusMinutes(1));
        CoreV1Event inSeries = new CoreV1Event()
                .reason("series")
                .eventTime(NOON)
                .series(new CoreV1EventSeries().lastObservedTime(NOON.plusMinutes(3)));

        assertThat(ClusterCalls.newest(List.of(again, once))).contains(again);
        assertThat(ClusterCalls.newest(List.of(inSeries, again, once))).contains(inSeries);
        assertThat(ClusterCalls.newest(List.of(new CoreV1Event(), once))).contains(once);
        assertThat(ClusterCalls.newest(List.of())).isEmpty();
    }
}
