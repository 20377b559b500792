package dev.artemis.sandbox.docker;

import dev.artemis.configuration.Finding;
import dev.artemis.configuration.StartupCheck;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** For a process that gives runs to a Docker engine: whether one harmless program runs there. A server without it still counts money. */
class DockerCheck implements StartupCheck {

    static final String SUBJECT = "docker";

    private final Environment environment;

    DockerCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Optional<String> subject() {
        return Optional.of(SUBJECT);
    }

    @Override
    public List<Finding> findings() {
        boolean docker =
                environment.getProperty("artemis.sandbox.kind", "local").equals("docker");
        boolean worker = environment.getProperty("artemis.roles", "worker").contains("worker");
        if (!docker || !worker) {
            return List.of(Finding.pass(SUBJECT, "not used by this process"));
        }
        try (DockerSandbox sandbox = new DockerSandbox(
                Binder.get(environment).bindOrCreate("artemis.sandbox.docker", DockerSettings.class))) {
            return List.of(sandbox.isolation().finding(SUBJECT, sandbox.backend()));
        } catch (BindException e) {
            return List.of(Finding.fail(
                    SUBJECT,
                    "a setting of artemis.sandbox.docker cannot be read: " + e.getMessage(),
                    "Mend it; application.yaml tells what each may be."));
        }
    }
}
