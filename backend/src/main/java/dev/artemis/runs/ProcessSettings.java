package dev.artemis.runs;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What this process does.
 *
 * @param roles among api, worker, ui
 * @param instance names it among the processes of this machine: a process of the same name is its next life
 */
@ConfigurationProperties("artemis")
record ProcessSettings(
        @DefaultValue({"api", "worker", "ui"}) Set<String> roles, String instance) {

    boolean works() {
        return roles.contains("worker");
    }
}
