package dev.artemis.sandbox.docker;

import dev.artemis.sandbox.Images;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the Docker sandbox.
 *
 * @param socket the engine's; who may write to it is root on that machine, and so is this server
 * @param image with the languages' interpreters; must be in the engine already; empty: each language's own
 * @param images by a language's id, for that one alone; empty: as the others
 * @param owner tells this installation's containers from another's in the same engine
 * @param runtime the engine's name of a stronger wall, such as {@code runsc} (gVisor); empty: the engine's default
 * @param startTimeout from the container's start to the program's
 */
@ConfigurationProperties("artemis.sandbox.docker")
public record DockerSettings(
        @DefaultValue("/var/run/docker.sock") Path socket,
        @DefaultValue("") String image,
        @DefaultValue Map<String, String> images,
        @DefaultValue("artemis") String owner,
        @DefaultValue("") String runtime,
        @DefaultValue("30s") Duration startTimeout) {

    public DockerSettings {
        images = new Images(image, images).each();
        if (owner.isBlank()) {
            throw new IllegalArgumentException("owner must not be empty");
        }
        if (startTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("the start timeout must be at least one second");
        }
    }

    Images imageOfEach() {
        return new Images(image, images);
    }
}
