package dev.artemis.alerts;

import static dev.artemis.mail.LetterTexts.say;

import dev.artemis.mail.Letter;
import dev.artemis.mail.Tongue;

/** What a person is told of an alert. */
final class AlertLetter {

    private AlertLetter() {}

    static Letter of(String to, Message message, Tongue tongue) {
        String threshold = message.threshold().toPlainString();
        String period = say(tongue, "alert.period." + message.period());
        String what = what(message, tongue);
        return Letter.of(
                message.id(),
                to,
                say(tongue, "alert.subject", message.team(), threshold, period, what),
                say(
                        tongue,
                        "alert.text",
                        message.used().toString(),
                        message.limit().toString(),
                        threshold,
                        period,
                        what,
                        message.team(),
                        message.periodStart().toString(),
                        message.raisedAt().toString(),
                        message.id().toString()));
    }

    private static String what(Message message, Tongue tongue) {
        return say(
                tongue,
                "alert.of." + message.scope(),
                String.valueOf(message.project()),
                String.valueOf(message.key()));
    }
}
