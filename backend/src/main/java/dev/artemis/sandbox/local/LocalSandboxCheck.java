package dev.artemis.sandbox.local;

import dev.artemis.configuration.Finding;
import dev.artemis.configuration.StartupCheck;
import java.util.List;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Whether code can be run on this machine, tried with one harmless program. A server without it still counts money, and takes no runs. */
class LocalSandboxCheck implements StartupCheck {

    static final String SUBJECT = "sandbox";
    private static final List<String> KINDS = List.of("local", "docker", "kubernetes");

    private final Environment environment;

    LocalSandboxCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public List<Finding> findings() {
        String kind = environment.getProperty("artemis.sandbox.kind", "local");
        if (!KINDS.contains(kind)) {
            return List.of(Finding.fail(
                    SUBJECT,
                    "\"" + kind + "\" is no sandbox of this version",
                    "Set ARTEMIS_SANDBOX to one of " + String.join(", ", KINDS) + "."));
        }
        boolean local = kind.equals("local");
        boolean worker = environment.getProperty("artemis.roles", "worker").contains("worker");
        if (!local || !worker) {
            return List.of(Finding.pass(SUBJECT, "no run is held on this machine"));
        }
        try {
            return List.of(
                    tried(Binder.get(environment).bindOrCreate("artemis.sandbox.local", LocalSandboxSettings.class)));
        } catch (BindException e) {
            return List.of(Finding.fail(
                    SUBJECT,
                    "a setting of artemis.sandbox.local cannot be read: " + e.getMessage(),
                    "Mend it; application.yaml tells what each may be."));
        }
    }

    private static Finding tried(LocalSandboxSettings settings) {
        try (LocalSandbox sandbox = LocalSandbox.on(settings)) {
            return sandbox.isolation().finding(SUBJECT, sandbox.backend());
        }
    }
}
