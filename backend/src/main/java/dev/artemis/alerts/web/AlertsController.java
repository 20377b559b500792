package dev.artemis.alerts.web;

import dev.artemis.alerts.Alert;
import dev.artemis.alerts.AlertChannel;
import dev.artemis.alerts.AlertChannels;
import dev.artemis.alerts.AlertDeliveries;
import dev.artemis.alerts.AlertDelivery;
import dev.artemis.alerts.Alerts;
import dev.artemis.idempotency.Idempotency;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.mail.Tongue;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresRight;
import dev.artemis.shared.Right;
import dev.artemis.web.Required;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/admin/tenants/{tenant}")
class AlertsController {

    private final Alerts alerts;
    private final AlertChannels channels;
    private final AlertDeliveries deliveries;
    private final Idempotency idempotency;

    AlertsController(Alerts alerts, AlertChannels channels, AlertDeliveries deliveries, Idempotency idempotency) {
        this.alerts = alerts;
        this.channels = channels;
        this.deliveries = deliveries;
        this.idempotency = idempotency;
    }

    /** The newest 500. */
    @GetMapping("/alerts")
    Page<Alert> alerts(Caller.ForTenant caller) {
        return Page.whole(alerts.latest(caller.tenant(), Alerts.LATEST));
    }

    /** Of the newest alerts, 500 at most; where they go is told whole only to who may change it. */
    @GetMapping("/alert-deliveries")
    Page<DeliveryAnswer> deliveries(Caller.ForTenant caller) {
        return Page.whole(deliveries.latest(caller.tenant(), caller, Alerts.LATEST))
                .map(DeliveryAnswer::of);
    }

    @PostMapping("/alert-deliveries/{id}/retry")
    @RequiresRight(Right.CHANGE_ALERTS)
    ResponseEntity<?> retry(Caller.ForTenant caller, IdempotentRequest request, @PathVariable String id) {
        return idempotency.once(caller.tenant(), request, () -> {
            deliveries.retry(caller, caller.tenant(), id(id, "The delivery"));
            return ResponseEntity.accepted().build();
        });
    }

    @GetMapping("/alert-channels")
    @RequiresRight(Right.CHANGE_ALERTS)
    Page<ChannelAnswer> channels(Caller.ForTenant caller) {
        return Page.whole(channels.all(caller.tenant())).map(channel -> ChannelAnswer.of(channel, null));
    }

    /** A webhook's secret is in this answer and in no other; a repeat's has null. */
    @PostMapping("/alert-channels")
    @RequiresRight(Right.CHANGE_ALERTS)
    ResponseEntity<?> add(
            Caller.ForTenant caller, IdempotentRequest request, Locale language, @RequestBody NewChannel body) {
        AlertChannel.Kind kind = kind(Required.field("kind", body.kind()));
        String target = Required.field("target", body.target());
        UnaryOperator<ChannelAnswer> kept = ChannelAnswer::withoutSecret;
        return idempotency.once(
                caller.tenant(),
                request,
                () -> {
                    AlertChannels.Made made = channels.add(caller, caller.tenant(), kind, target, Tongue.of(language));
                    return ResponseEntity.status(201).body(ChannelAnswer.of(made.channel(), made.secret()));
                },
                kept);
    }

    @DeleteMapping("/alert-channels/{id}")
    @RequiresRight(Right.CHANGE_ALERTS)
    ResponseEntity<Void> remove(Caller.ForTenant caller, @PathVariable String id) {
        channels.remove(caller, caller.tenant(), id(id, "The channel"));
        return ResponseEntity.noContent().build();
    }

    private static AlertChannel.Kind kind(String text) {
        return switch (text) {
            case "email" -> AlertChannel.Kind.EMAIL;
            case "webhook" -> AlertChannel.Kind.WEBHOOK;
            default -> throw Problem.notAllowed("kind", "email or webhook");
        };
    }

    private static UUID id(String text, String what) {
        try {
            return UUID.fromString(text.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Problem.notFound(what);
        }
    }

    record NewChannel(@Nullable String kind, @Nullable String target) {}

    record ChannelAnswer(
            UUID id, String kind, String target, @Nullable String secret, Instant createdAt, String createdBy) {

        static ChannelAnswer of(AlertChannel channel, @Nullable String secret) {
            return new ChannelAnswer(
                    channel.id(),
                    channel.kind().toString(),
                    channel.target(),
                    secret,
                    channel.createdAt(),
                    channel.createdBy());
        }

        ChannelAnswer withoutSecret() {
            return new ChannelAnswer(id, kind, target, null, createdAt, createdBy);
        }
    }

    record DeliveryAnswer(
            UUID id,
            UUID alert,
            String kind,
            String target,
            String status,
            int tries,
            @Nullable Instant nextTryAt,
            @Nullable String lastError,
            @Nullable Instant deliveredAt) {

        static DeliveryAnswer of(AlertDelivery delivery) {
            return new DeliveryAnswer(
                    delivery.id(),
                    delivery.alert(),
                    delivery.kind().toString(),
                    delivery.target(),
                    delivery.status().toString(),
                    delivery.tries(),
                    delivery.nextTryAt(),
                    delivery.lastError(),
                    delivery.deliveredAt());
        }
    }
}
