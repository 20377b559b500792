package dev.artemis.secrets;

import dev.artemis.configuration.Finding;
import dev.artemis.configuration.StartupCheck;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.List;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Whether the master key can be read, and is one. */
class MasterKeyCheck implements StartupCheck {

    private static final String SUBJECT = "master key";

    private final Environment environment;

    MasterKeyCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public List<Finding> findings() {
        SecretsSettings settings = Binder.get(environment).bindOrCreate("artemis.secrets", SecretsSettings.class);
        try {
            for (String other : settings.otherMasterKeys().split(",", -1)) {
                if (!other.isBlank()) {
                    MasterKey.parse(other);
                }
            }
        } catch (IllegalArgumentException e) {
            return List.of(Finding.fail(
                    SUBJECT, "ARTEMIS_OTHER_MASTER_KEYS has one that is none", "Each is " + MasterKey.FORM + "."));
        }
        try {
            if (MasterKeys.named(settings).isPresent()) {
                return List.of(Finding.pass(SUBJECT, "given"));
            }
        } catch (IllegalArgumentException e) {
            boolean file = settings.masterKey().isBlank();
            boolean badPath = e instanceof InvalidPathException;
            return List.of(Finding.fail(
                    SUBJECT,
                    (file ? "the file of ARTEMIS_MASTER_KEY_FILE" : "ARTEMIS_MASTER_KEY")
                            + (badPath ? " has no name" : " holds none"),
                    "Use " + MasterKey.FORM + "."));
        } catch (IOException e) {
            return List.of(Finding.fail(
                    SUBJECT,
                    settings.masterKeyFile() + " cannot be read",
                    "Mend ARTEMIS_MASTER_KEY_FILE, or let this user read the file."));
        }
        return environment.getProperty("artemis.database.url", "embedded").equals("embedded")
                ? List.of(Finding.pass(SUBJECT, "kept in the home folder, beside the database"))
                : List.of(Finding.warn(
                        SUBJECT,
                        "it is kept in this machine's home folder; another instance could not read teams' provider keys",
                        "Give all instances the same one: ARTEMIS_MASTER_KEY_FILE or ARTEMIS_MASTER_KEY."));
    }
}
