package dev.artemis.providers;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How providers are asked about teams' keys.
 *
 * @param allowPrivateAddresses whether a team may name a base URL in this machine's own network, and by plain HTTP
 * @param timeout of one question
 * @param checkEvery between two scheduled questions about one key; zero: none is scheduled
 */
@ConfigurationProperties("artemis.providers")
record ProviderSettings(
        @DefaultValue("false") boolean allowPrivateAddresses,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("6h") Duration checkEvery) {

    ProviderSettings {
        if (!timeout.isPositive() || checkEvery.isNegative()) {
            throw new IllegalArgumentException("artemis.providers: timeout above 0s, check-every from 0s");
        }
    }
}
