package dev.artemis.sandbox.local;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the local sandbox.
 *
 * @param bubblewrap the bwrap program, 0.8 or newer
 * @param folder where the runner is unpacked; every user must be able to reach it
 * @param firstUserId first of the user ids that runs get when the server is root; nobody else may use the range
 * @param userIds how many, and so how many runs there can be at once
 * @param cgroups whether cgroups are used where they can be written
 */
@ConfigurationProperties("artemis.sandbox.local")
public record LocalSandboxSettings(
        @DefaultValue("/usr/bin/bwrap") Path bubblewrap,
        @DefaultValue("/tmp") Path folder,
        @DefaultValue("1879050000") int firstUserId,
        @DefaultValue("256") int userIds,
        @DefaultValue("auto") CgroupUse cgroups) {

    /** Whether cgroups are used. */
    public enum CgroupUse {
        /** Where they can be written. */
        AUTO,
        /** Never: the runner holds memory and processes by limits and sampling. */
        OFF
    }

    public LocalSandboxSettings {
        if (firstUserId < 1_000 || userIds < 1 || userIds > 65_536) {
            throw new IllegalArgumentException("user ids must begin at 1000 or above and be 1 to 65536");
        }
    }
}
