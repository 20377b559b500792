/**
 * Sending e-mail over SMTP, for whoever has something to say: alerts, invitations, reports.
 *
 * <p>Words: a <em>letter</em> is one message to one or more addressees, as text, where wanted also as HTML, with
 * attachments.
 *
 * <p>Invariants: a letter that was not taken by the server, or for some not, or of which nobody knows, is told to whoever sent it, as a
 * result (ADR-0059); nothing is queued here. A header cannot be smuggled in through an address, a subject or a file's name. No password is ever shown.
 *
 * <p>Not here: when to try again (the sender's outbox), what a letter says.
 */
@ApplicationModule(allowedDependencies = {"shared", "configuration"})
@NullMarked
package dev.artemis.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
