package dev.artemis.tenants;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What happens to a team that shall be deleted.
 *
 * @param deletionGrace how long it can still be restored; then it is erased
 */
@ConfigurationProperties("artemis.tenants")
record DeletionSettings(@DefaultValue("30d") Duration deletionGrace) {}
