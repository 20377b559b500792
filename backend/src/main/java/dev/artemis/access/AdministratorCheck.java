package dev.artemis.access;

import dev.artemis.configuration.Finding;
import dev.artemis.configuration.StartupCheck;
import dev.artemis.shared.Problem;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.env.Environment;

/** The first administrator's settings: read at the first start only, but wrong at every one. */
class AdministratorCheck implements StartupCheck {

    private static final String SUBJECT = "administrator";

    private final Environment environment;

    AdministratorCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        String email = environment.getProperty("artemis.admin.email", "");
        try {
            Users.checkedEmail(email);
        } catch (Problem e) {
            findings.add(Finding.fail(
                    SUBJECT, "ARTEMIS_ADMIN_EMAIL is no e-mail address", "Set it to one, such as admin@localhost."));
        }
        String password = environment.getProperty("artemis.admin.password", "");
        if (!password.isEmpty() && password.length() < Users.MIN_PASSWORD) {
            findings.add(Finding.fail(
                    SUBJECT,
                    "ARTEMIS_ADMIN_PASSWORD is too short",
                    "Use at least " + Users.MIN_PASSWORD + " characters, or leave it out: one is made."));
        }
        if (password.length() >= Users.MIN_PASSWORD && Users.isGuessed(password, email)) {
            findings.add(Finding.fail(
                    SUBJECT,
                    "ARTEMIS_ADMIN_PASSWORD is among those that are guessed first",
                    "Use another, or leave it out: one is made."));
        }
        String key = environment.getProperty("artemis.admin.key", "");
        if (!key.isEmpty()
                && (key.length() < AdminKeys.MIN_GIVEN_LENGTH || key.length() > AdminKeys.MAX_GIVEN_LENGTH)) {
            findings.add(Finding.fail(
                    SUBJECT,
                    "ARTEMIS_ADMIN_KEY is too short or too long",
                    "Use " + AdminKeys.MIN_GIVEN_LENGTH + " to " + AdminKeys.MAX_GIVEN_LENGTH
                            + " random characters, or leave it out: one is made."));
        }
        if (KeyText.isMistyped(key)) {
            findings.add(Finding.fail(
                    SUBJECT,
                    "ARTEMIS_ADMIN_KEY looks like a key of ours, and its checksum does not fit",
                    "Copy it whole, or use other random characters."));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.pass(SUBJECT, email));
        }
        return findings;
    }
}
