package dev.artemis.exports;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How many files are written.
 *
 * @param atOnce by this process at one time: each keeps a processor and a database connection busy
 * @param waiting how many more may wait; further ones are refused
 */
@ConfigurationProperties("artemis.exports")
record ExportSettings(int atOnce, int waiting) {

    ExportSettings {
        if (atOnce < 1 || waiting < 0) {
            throw new IllegalArgumentException("artemis.exports: at-once is 1 or more, waiting 0 or more");
        }
    }
}
