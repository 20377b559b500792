package dev.artemis;

import dev.artemis.configuration.CheckFirst;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The server. Alone it is API and worker; with the pages' jar beside it on the class path it shows pages too. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class ArtemisApplication {

    /**
     * Starts the server, or with {@code check [--json] [--verbose]} only looks whether it could start: exit code 0 or 1.
     */
    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(ArtemisApplication.class);
        application.addInitializers(new CheckFirst(arguments));
        application.setLogStartupInfo(false);
        application.run(arguments);
    }
}
