package dev.artemis.persistence;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the data is.
 *
 * @param url {@code embedded}, or the owner's login as {@code postgresql://user:password@host:port/database}
 * @param home durable folder of the embedded server
 * @param poolSize connections of this instance at most
 * @param migrate whether this instance brings the schema of a named database up to date; else it waits until another has
 */
@ConfigurationProperties("artemis.database")
record DatabaseSettings(
        @DefaultValue("embedded") String url,
        Path home,
        @DefaultValue("20") int poolSize,
        @DefaultValue("true") boolean migrate) {

    /** Connections that an instance keeps while nothing happens. */
    static final int KEPT = 2;

    private static final int MOST_CONNECTIONS = 1_000;

    DatabaseSettings {
        if (poolSize < KEPT || poolSize > MOST_CONNECTIONS) {
            throw new IllegalArgumentException(
                    "artemis.database.pool-size: " + KEPT + " to " + MOST_CONNECTIONS + " connections");
        }
    }

    @Override
    public String toString() {
        return "DatabaseSettings[home=" + home + ", poolSize=" + poolSize + "]";
    }
}
