package dev.artemis.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Service;

/** Sends letters. Waits for the server's answer, so never call it inside a transaction. */
@Service
public class Mail {

    private static final Logger log = LoggerFactory.getLogger(Mail.class);
    /** Answers from here on are refusals, of which those from {@link #PERMANENT} on are for good (RFC 5321, 4.2.1). */
    private static final int REFUSED = 400;

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
        List<InternetAddress> to = new ArrayList<>();
        List<Delivery.Refusal> refused = new ArrayList<>();
        for (String address : letter.to()) {
            try {
                to.add(new InternetAddress(address, true));
            } catch (AddressException e) {
                refused.add(new Delivery.Refusal(address, "it is no address", true));
            }
        }
        if (to.isEmpty()) {
            return new Delivery.Failed("An address is not one: " + listed(refused), true);
        }
        MimeMessage message;
        try {
            message = message(letter, to);
        } catch (MessagingException e) {
            return new Delivery.Failed("The letter could not be written: " + e.getMessage(), true);
        }
        return handOver(message, refused);
    }

    private Delivery handOver(MimeMessage message, List<Delivery.Refusal> refused) {
        var handover = new Handover(sender.getSession());
        try {
            handover.connect(settings.host(), settings.port(), sender.getUsername(), sender.getPassword());
            handover.sendMessage(message, message.getAllRecipients());
        } catch (MessagingException e) {
            refused.addAll(refusals(e));
            if (handover.isOpen() && !isRefusal(e)) {
                return new Delivery.Uncertain(settings + " may have taken it: " + last(e));
            }
            if (!handover.isTaken()) {
                return failed(e, refused);
            }
        } finally {
            close(handover);
        }
        return new Delivery.Sent(refused);
    }

    /** How the server says goodbye changes nothing. */
    private void close(Handover handover) {
        try {
            handover.close();
        } catch (MessagingException e) {
            log.debug("The mail server did not say goodbye, server={}", settings, e);
        }
    }

    private MimeMessage message(Letter letter, List<InternetAddress> to) throws MessagingException {
        MimeMessage message = sender.createMimeMessage();
        boolean inParts = letter.html() != null || !letter.attachments().isEmpty();
        var helper = new MimeMessageHelper(message, inParts, StandardCharsets.UTF_8.name());
        var from = new InternetAddress(settings.from(), true);
        helper.setFrom(from);
        helper.setTo(to.toArray(InternetAddress[]::new));
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
        message.saveChanges();
        // saving gives it another each time
        message.setHeader(
                "Message-ID",
                "<" + letter.id()
                        + from.getAddress().substring(from.getAddress().lastIndexOf('@')) + ">");
        return message;
    }

    private Delivery failed(MessagingException failure, List<Delivery.Refusal> refused) {
        boolean letterRefused =
                failure instanceof SMTPSendFailedException answer && answer.getReturnCode() >= PERMANENT;
        boolean allRefused = !refused.isEmpty() && refused.stream().allMatch(Delivery.Refusal::forGood);
        String why = refused.isEmpty() ? last(failure) : listed(refused);
        return new Delivery.Failed(settings + " did not take it: " + why, letterRefused || allRefused);
    }

    private static boolean isRefusal(MessagingException failure) {
        return failure instanceof SMTPSendFailedException answer && answer.getReturnCode() >= REFUSED;
    }

    private static List<Delivery.Refusal> refusals(MessagingException failure) {
        List<Delivery.Refusal> refusals = new ArrayList<>();
        for (Exception each = failure; each != null; each = next(each)) {
            if (each instanceof SMTPAddressFailedException refused) {
                refusals.add(new Delivery.Refusal(
                        refused.getAddress().getAddress(),
                        String.valueOf(refused.getMessage()).strip(),
                        refused.getReturnCode() >= PERMANENT));
            }
        }
        return refusals;
    }

    private static String listed(List<Delivery.Refusal> refused) {
        return refused.stream().map(Delivery.Refusal::toString).collect(Collectors.joining("; "));
    }

    private static String last(MessagingException failure) {
        Exception last = failure;
        for (Exception each = failure; each != null; each = next(each)) {
            last = each;
        }
        return String.valueOf(last.getMessage()).strip();
    }

    private static @Nullable Exception next(Exception failure) {
        return failure instanceof MessagingException chained ? chained.getNextException() : null;
    }
}
