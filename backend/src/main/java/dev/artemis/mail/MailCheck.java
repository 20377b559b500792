package dev.artemis.mail;

import dev.artemis.configuration.Finding;
import dev.artemis.configuration.StartupCheck;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Whether the mail server that is named answers. The platform works without one: letters wait and are tried again. */
class MailCheck implements StartupCheck {

    private static final String SUBJECT = "mail";
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Environment environment;

    MailCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public List<Finding> findings() {
        return List.of(finding());
    }

    private Finding finding() {
        MailSettings settings;
        try {
            settings = Binder.get(environment).bindOrCreate("artemis.mail", MailSettings.class);
        } catch (BindException e) {
            return Finding.fail(
                    SUBJECT,
                    "the setting " + e.getName() + " cannot be read",
                    "Mend it; application.yaml says what each setting of artemis.mail means.");
        }
        if (!settings.isConfigured()) {
            return Finding.pass(SUBJECT, "no mail server is named: alerts and reports are not sent by e-mail");
        }
        if (!settings.from().contains("@")) {
            return Finding.fail(
                    SUBJECT,
                    "\"" + settings.from() + "\" is no sender's address",
                    "Set ARTEMIS_MAIL_FROM to an address that the mail server lets you send from.");
        }
        try {
            SmtpConnection.to(settings.within(PATIENCE)).testConnection();
            return Finding.pass(SUBJECT, settings + " answers");
        } catch (MessagingException e) {
            return Finding.warn(
                    SUBJECT,
                    settings + " does not answer as it should: " + e.getMessage(),
                    "Start it or mend artemis.mail.*; until then letters wait and are tried again.");
        }
    }
}
