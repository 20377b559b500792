package dev.artemis.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Service;

/** Sends letters. Waits for the server's answer, so never call it inside a transaction. */
@Service
public class Mail {

    private static final int PERMANENT = 500;

    private final MailSettings settings;
    private final JavaMailSenderImpl sender;
    private final Clock clock;

    Mail(MailSettings settings, Clock clock) {
        this.settings = settings;
        this.sender = SmtpConnection.to(settings);
        this.clock = clock;
    }

    /** Whether a server is named. */
    public boolean isConfigured() {
        return settings.isConfigured();
    }

    /** Hands a letter to the server and says what became of it. */
    public Delivery send(Letter letter) {
        if (!settings.isConfigured()) {
            return new Delivery.NotConfigured();
        }
        try {
            sender.send(message(letter));
            return new Delivery.Sent();
        } catch (AddressException e) {
            return new Delivery.Failed("An address is not one: " + e.getRef(), true);
        } catch (MessagingException e) {
            return new Delivery.Failed("The letter could not be written: " + e.getMessage(), true);
        } catch (MailSendException e) {
            return failed(e);
        } catch (MailException e) {
            return new Delivery.Failed(
                    settings + " did not take it: " + e.getMostSpecificCause().getMessage(), false);
        }
    }

    private MimeMessage message(Letter letter) throws MessagingException {
        MimeMessage message = sender.createMimeMessage();
        boolean inParts = letter.html() != null || !letter.attachments().isEmpty();
        var helper = new MimeMessageHelper(message, inParts, StandardCharsets.UTF_8.name());
        helper.setFrom(new InternetAddress(settings.from(), true));
        for (String to : letter.to()) {
            helper.addTo(new InternetAddress(to, true));
        }
        helper.setSubject(letter.subject());
        helper.setSentDate(Date.from(clock.instant()));
        if (letter.html() == null) {
            helper.setText(letter.text());
        } else {
            helper.setText(letter.text(), letter.html());
        }
        for (Letter.Attachment attachment : letter.attachments()) {
            helper.addAttachment(attachment.name(), attachment.content(), attachment.mediaType());
        }
        return message;
    }

    private Delivery failed(MailSendException failure) {
        Exception first = failure.getMessageExceptions().length == 0 ? failure : failure.getMessageExceptions()[0];
        boolean forGood = false;
        @Nullable Throwable cause = first;
        Throwable last = first;
        while (cause != null) {
            forGood |= cause instanceof SMTPAddressFailedException address && address.getReturnCode() >= PERMANENT;
            forGood |= cause instanceof SMTPSendFailedException refused && refused.getReturnCode() >= PERMANENT;
            last = cause;
            cause = cause instanceof MessagingException chained ? chained.getNextException() : cause.getCause();
        }
        return new Delivery.Failed(settings + " did not take it: " + last.getMessage(), forGood);
    }
}
