package dev.artemis.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * One connection for one letter, which knows how far it came. Until the line that ends the letter, the server has not taken it; between
 * that line and its answer nobody knows (RFC 5321, 4.5.3.2.6: the server may have taken it and be slow to say so); behind the answer it has.
 */
final class Handover extends SMTPTransport {

    private boolean begun;
    private boolean answered;

    Handover(Session session) {
        super(session, new URLName("smtp", null, -1, null, null, null));
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        begun = true;
        super.finishData();
        answered = true;
    }

    /** The server said that it took the letter. */
    boolean isTaken() {
        return answered;
    }

    /** All was said to the server, and it did not answer with success. */
    boolean isOpen() {
        return begun && !answered;
    }
}
