package dev.artemis.providers;

import dev.artemis.outbound.OutboundHttp;
import dev.artemis.outbound.OutboundHttp.Reach;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ProvidersConfiguration {

    @Bean
    AskProvider askProvider(ProviderSettings settings) {
        return new AskProvider(new OutboundHttp(settings.timeout(), reach(settings)));
    }

    static Reach reach(ProviderSettings settings) {
        return settings.allowPrivateAddresses() ? Reach.ANYWHERE : Reach.PUBLIC;
    }
}
