package dev.artemis.alerts;

import dev.artemis.configuration.OnlyAs;
import dev.artemis.configuration.ServerRole;
import dev.artemis.mail.Delivery;
import dev.artemis.mail.Mail;
import dev.artemis.mail.Readers;
import dev.artemis.mail.Tongue;
import dev.artemis.secrets.BrokenSeal;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Empties the outbox: 1. claim what is due; 2. send it, outside of any transaction; 3. write down what became of it. */
@Component
@OnlyAs(ServerRole.WORKER)
class DeliverAlerts {

    private static final Logger log = LoggerFactory.getLogger(DeliverAlerts.class);
    private static final int AT_ONCE = 50;

    private final Outbox outbox;
    private final SendWebhook webhook;
    private final Mail mail;
    private final Readers readers;
    private final AlertSettings settings;

    DeliverAlerts(Outbox outbox, SendWebhook webhook, Mail mail, Readers readers, AlertSettings settings) {
        this.readers = readers;
        this.outbox = outbox;
        this.webhook = webhook;
        this.mail = mail;
        this.settings = settings;
    }

    /** Until nothing is due. Any number of instances may do so at once. */
    @Scheduled(fixedDelayString = "${artemis.alerts.poll}")
    void deliver() {
        List<Outbox.Claimed> claimed = outbox.claim(AT_ONCE);
        while (!claimed.isEmpty()) {
            try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
                claimed.forEach(one -> each.execute(() -> deliver(one)));
            }
            claimed = outbox.claim(AT_ONCE);
        }
    }

    private void deliver(Outbox.Claimed claimed) {
        if (claimed.tries() > settings.tries()) {
            outbox.dead(claimed, "Whoever tried last died over it");
            return;
        }
        Attempt attempt;
        try {
            Outbox.Parcel parcel = outbox.open(claimed).orElse(null);
            if (parcel == null) {
                return;
            }
            attempt = send(parcel);
        } catch (BrokenSeal e) {
            attempt = new Attempt.Failed("The channel's secret cannot be read any more", true);
        }
        switch (attempt) {
            case Attempt.Arrived _ -> {
                outbox.delivered(claimed);
                log.info(
                        "Alert delivered, delivery={} tenant={} try={}",
                        claimed.delivery(),
                        claimed.tenant(),
                        claimed.tries());
            }
            case Attempt.Failed(String why, boolean forGood) -> {
                boolean dead = forGood || claimed.tries() >= settings.tries();
                if (dead) {
                    outbox.dead(claimed, why);
                } else {
                    outbox.again(claimed, why, settings.pauseAfter(claimed.tries()));
                }
                log.warn(
                        "Alert not delivered, delivery={} tenant={} try={} dead={} why={}",
                        claimed.delivery(),
                        claimed.tenant(),
                        claimed.tries(),
                        dead,
                        why);
            }
        }
    }

    private Attempt send(Outbox.Parcel parcel) {
        return switch (parcel.kind()) {
            case WEBHOOK -> webhook.send(parcel.target(), Objects.requireNonNull(parcel.secret()), parcel.message());
            case EMAIL -> {
                Tongue tongue = readers.tongueOf(parcel.target()).orElse(parcel.tongue());
                yield switch (mail.send(AlertLetter.of(parcel.target(), parcel.message(), tongue))) {
                    case Delivery.Sent _ -> new Attempt.Arrived();
                    case Delivery.NotConfigured _ ->
                        new Attempt.Failed("No mail server is named (artemis.mail.host)", false);
                    case Delivery.Failed(String why, boolean forGood) -> new Attempt.Failed(why, forGood);
                };
            }
        };
    }
}
