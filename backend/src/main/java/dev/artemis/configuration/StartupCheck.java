package dev.artemis.configuration;

import java.util.List;
import java.util.Optional;

/**
 * Looks at one part of the configuration before anything starts. An implementation is named in
 * {@code META-INF/spring.factories} under this interface; it may be package-private, and its constructor may take
 * Spring's {@code Environment}. No bean exists yet when it runs. It takes at most a few seconds (it sets its own
 * timeouts), changes nothing, prints no secret, and an exception that it throws counts as a fail. One that needs the running platform
 * is a bean instead, and is asked whenever the report is looked at: it says at once what is known.
 */
public interface StartupCheck {

    /** What it found, at least one. */
    List<Finding> findings();

    /** What all its findings are about, where that may change while the server runs; empty: it does not. */
    default Optional<String> subject() {
        return Optional.empty();
    }

    /** What it finds while the server runs: at least one, or nothing where a bean tells it. Asked every few minutes, of what has a subject. */
    default List<Finding> again() {
        return findings();
    }
}
