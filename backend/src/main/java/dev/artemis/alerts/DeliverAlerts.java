package dev.artemis.alerts;

import dev.artemis.configuration.OnlyAs;
import dev.artemis.configuration.ServerRole;
import dev.artemis.mail.Delivery;
import dev.artemis.mail.Mail;
import dev.artemis.mail.Readers;
import dev.artemis.mail.Tongue;
import dev.artemis.secrets.BrokenSeal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Empties the outbox: 1. claim what is due; 2. send it, outside of any transaction; 3. write down what became of it. Each
 * delivery goes on its own, a few at a time to one channel, so that a receiver that hangs delays nobody else's. All letters go to one mail
 * server, and take at most half the places.
 */
@Component
@OnlyAs(ServerRole.WORKER)
class DeliverAlerts implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DeliverAlerts.class);
    private static final int AT_ONCE = 200;
    private static final int EMAILS_AT_ONCE = AT_ONCE / 2;
    private static final int TO_ONE_CHANNEL = 4;

    private final Outbox outbox;
    private final SendWebhook webhook;
    private final Mail mail;
    private final Readers readers;
    private final AlertSettings settings;
    private final ExecutorService each = Executors.newVirtualThreadPerTaskExecutor();
    /** How many are under way to a channel. */
    private final Map<UUID, Integer> underWay = new HashMap<>();

    private int emails;
    private boolean closing;

    DeliverAlerts(Outbox outbox, SendWebhook webhook, Mail mail, Readers readers, AlertSettings settings) {
        this.readers = readers;
        this.outbox = outbox;
        this.webhook = webhook;
        this.mail = mail;
        this.settings = settings;
    }

    /** Sends what is due on its way, and waits for none of it; how much. Any number of instances may do so at once. */
    @Scheduled(fixedDelayString = "${artemis.alerts.poll}")
    synchronized int start() {
        int room =
                AT_ONCE - underWay.values().stream().mapToInt(Integer::intValue).sum();
        if (closing || room <= 0) {
            return 0;
        }
        List<Outbox.Claimed> claimed =
                outbox.claim(new Outbox.Room(room, EMAILS_AT_ONCE - emails, TO_ONE_CHANNEL), underWay.keySet());
        for (Outbox.Claimed one : claimed) {
            underWay.merge(one.channel(), 1, Integer::sum);
            emails += lettersOf(one);
            each.execute(() -> {
                try {
                    deliver(one);
                } finally {
                    arrived(one);
                }
            });
        }
        return claimed.size();
    }

    /** Whoever has room again is sent more at once, rather than at the next poll. */
    private synchronized void arrived(Outbox.Claimed one) {
        emails -= lettersOf(one);
        underWay.computeIfPresent(one.channel(), (channel, many) -> many == 1 ? null : many - 1);
        if (!underWay.containsKey(one.channel())) {
            start();
        }
    }

    private static int lettersOf(Outbox.Claimed one) {
        return switch (one.kind()) {
            case EMAIL -> 1;
            case WEBHOOK -> 0;
        };
    }

    /** Waits for what is under way, each at most its time-out. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
        }
        each.close();
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
                    // rather twice than never; its number is the same both times
                    case Delivery.Uncertain(String why) -> new Attempt.Failed(why, false);
                };
            }
        };
    }
}
