package dev.artemis.exports;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * How many files are written, and for whom.
 *
 * @param atOnce by this process at one time: each keeps a processor and a database connection busy
 * @param waiting how many more may wait; further ones are refused
 * @param patience with a slow reader while others wait
 * @param slowestReader a second, on the whole: after that time, who reads less while others wait is cut off
 */
@ConfigurationProperties("artemis.exports")
record ExportSettings(int atOnce, int waiting, Duration patience, DataSize slowestReader) {

    ExportSettings {
        if (atOnce < 1 || waiting < 0) {
            throw new IllegalArgumentException("artemis.exports: at-once is 1 or more, waiting 0 or more");
        }
        if (patience.isNegative() || slowestReader.isNegative()) {
            throw new IllegalArgumentException("artemis.exports: patience and slowest-reader are 0 or more");
        }
    }
}
