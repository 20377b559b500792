package dev.artemis;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The server. Alone it is API and worker; with the pages' jar beside it on the class path it shows pages too. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class ArtemisApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(ArtemisApplication.class, arguments);
    }
}
