package dev.artemis.secrets;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SecretsConfiguration {

    @Bean
    MasterKeys masterKeys(SecretsSettings settings) {
        return MasterKeys.of(settings);
    }
}
