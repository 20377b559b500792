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

    ApiSettings {
        if (requestsPerSecondByKey < 1 || requestsPerSecondByAddress < 1) {
            throw new IllegalArgumentException("artemis.api.requests-per-second-*: at least 1");
        }
    }
}
