package dev.artemis.sandbox.docker;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the Docker sandbox.
 *
 * @param socket the engine's; who may write to it is root on that machine, and so is this server
 * @param image with the languages' interpreters; must be in the engine already
 * @param owner tells this installation's containers from another's in the same engine
 * @param runtime the engine's name of a stronger wall, such as {@code runsc} (gVisor); empty: the engine's default
 * @param startTimeout from the container's start to the program's
 */
@ConfigurationProperties("artemis.sandbox.docker")
public record DockerSettings(
        @DefaultValue("/var/run/docker.sock") Path socket,
        @DefaultValue("artemis-sandbox:0.1.0") String image,
        @DefaultValue("artemis") String owner,
        @DefaultValue("") String runtime,
        @DefaultValue("30s") Duration startTimeout) {

    public DockerSettings {
        if (image.isBlank() || owner.isBlank()) {
            throw new IllegalArgumentException("image and owner must not be empty");
        }
        if (startTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("the start timeout must be at least one second");
        }
    }
}
