package dev.artemis.schedules;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * How saved reports are sent.
 *
 * @param sweep between two looks at what is due
 * @param firstRetry after the first failure; doubles with each
 * @param tries then it is given up
 * @param largestAttachment a larger file is sent as a link
 * @param publicUrl where people reach the pages
 */
@ConfigurationProperties("artemis.schedules")
record ScheduleSettings(Duration sweep, Duration firstRetry, int tries, DataSize largestAttachment, String publicUrl) {

    ScheduleSettings {
        if (tries < 1 || largestAttachment.isNegative()) {
            throw new IllegalArgumentException("artemis.schedules: tries from 1, largest-attachment from 0B");
        }
    }
}
