package dev.artemis.access.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The API's own limits.
 *
 * @param maxBody of a request; a run brings its files along
 * @param requestsPerSecondByKey of one key
 * @param requestsPerSecondByAddress of one address that shows no good key
 */
@ConfigurationProperties("artemis.api")
record ApiSettings(
        @DefaultValue("16MB") DataSize maxBody,
        @DefaultValue("10000") int requestsPerSecondByKey,
        @DefaultValue("100") int requestsPerSecondByAddress) {

    private static final int MOST_REQUESTS = 1_000_000;
    private static final DataSize LEAST_BODY = DataSize.ofKilobytes(1);
    private static final DataSize MOST_BODY = DataSize.ofMegabytes(256);

    ApiSettings {
        if (requestsPerSecondByKey < 1 || requestsPerSecondByAddress < 1) {
            throw new IllegalArgumentException("artemis.api.requests-per-second-*: at least 1");
        }
        if (requestsPerSecondByKey > MOST_REQUESTS || requestsPerSecondByAddress > MOST_REQUESTS) {
            throw new IllegalArgumentException("artemis.api.requests-per-second-*: at most " + MOST_REQUESTS);
        }
        if (maxBody.compareTo(LEAST_BODY) < 0 || maxBody.compareTo(MOST_BODY) > 0) {
            throw new IllegalArgumentException("artemis.api.max-body: 1KB to 256MB, since it is held in memory");
        }
    }
}
