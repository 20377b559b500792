package dev.artemis.web;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.StreamReadFeature;

@Configuration(proxyBeanMethods = false)
class StrictJson {

    /** A field that comes twice is a mistake: which of the two was meant is anybody's guess. */
    @Bean
    JsonMapperBuilderCustomizer noFieldTwice() {
        return builder -> builder.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    }
}
