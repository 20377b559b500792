package dev.artemis.sandbox.local;

import dev.artemis.sandbox.Sandbox;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The sandbox of this process where {@code artemis.sandbox} is {@code local}, or not said. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "artemis.sandbox", havingValue = "local", matchIfMissing = true)
class LocalSandboxConfiguration {

    @Bean
    Sandbox localSandbox(LocalSandboxSettings settings) {
        return LocalSandbox.on(settings);
    }
}
