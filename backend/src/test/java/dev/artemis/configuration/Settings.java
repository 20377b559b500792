package dev.artemis.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

/** Settings as a start reads them: our file, environment variables over it, the command line over those. */
final class Settings {

    private Settings() {}

    static ConfigurableEnvironment of(Map<String, Object> variables, Map<String, Object> commandLine) {
        ConfigurableEnvironment environment = new StandardEnvironment();
        var sources = environment.getPropertySources();
        sources.remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        sources.addFirst(new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        sources.addFirst(new MapPropertySource("commandLineArgs", commandLine));
        try {
            new YamlPropertySourceLoader()
                    .load(
                            "Config resource 'class path resource [application.yaml]'",
                            new ClassPathResource("application.yaml"))
                    .forEach(sources::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return environment;
    }

    static ConfigurableEnvironment of(Map<String, Object> commandLine) {
        return of(Map.of(), commandLine);
    }
}
