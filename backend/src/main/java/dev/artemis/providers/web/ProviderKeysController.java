package dev.artemis.providers.web;

import dev.artemis.idempotency.Idempotency;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.providers.KeyStatus;
import dev.artemis.providers.NewProviderKey;
import dev.artemis.providers.Provider;
import dev.artemis.providers.ProviderKey;
import dev.artemis.providers.ProviderKeys;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresRight;
import dev.artemis.shared.Right;
import dev.artemis.shared.Slug;
import dev.artemis.web.Required;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
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
@RequestMapping("/api/v1/admin/tenants/{tenant}/provider-keys")
class ProviderKeysController {

    private final ProviderKeys keys;
    private final Idempotency idempotency;

    ProviderKeysController(ProviderKeys keys, Idempotency idempotency) {
        this.keys = keys;
        this.idempotency = idempotency;
    }

    @PostMapping
    @RequiresRight(Right.CHANGE_PROVIDER_KEYS)
    ResponseEntity<?> add(
            Caller.ForTenant caller,
            IdempotentRequest request,
            @PathVariable Slug tenant,
            @RequestBody ProviderKeyBody body) {
        NewProviderKey wanted = new NewProviderKey(
                Required.field("provider", body.provider()),
                Required.field("name", body.name()),
                Required.field("secret", body.secret()),
                body.baseUrl());
        return idempotency.once(caller.tenant(), request, () -> {
            AddedProviderKey answer = AddedProviderKey.of(keys.add(caller, caller.tenant(), wanted));
            return ResponseEntity.created(
                            URI.create("/api/v1/admin/tenants/" + tenant + "/provider-keys/" + answer.id()))
                    .body(answer);
        });
    }

    @GetMapping
    @RequiresRight(Right.SEE_PROVIDER_KEYS)
    Page<ListedProviderKey> all(Caller.ForTenant caller) {
        return Page.whole(keys.all(caller.tenant())).map(ListedProviderKey::of);
    }

    /** Asks the provider; takes as long as it does. */
    @PostMapping("/{id}/check")
    @RequiresRight(Right.CHANGE_PROVIDER_KEYS)
    CheckedProviderKey check(Caller.ForTenant caller, @PathVariable String id) {
        return CheckedProviderKey.of(keys.checkNow(caller, caller.tenant(), keyId(id)));
    }

    @DeleteMapping("/{id}")
    @RequiresRight(Right.CHANGE_PROVIDER_KEYS)
    ResponseEntity<Void> remove(Caller.ForTenant caller, @PathVariable String id) {
        keys.remove(caller, caller.tenant(), keyId(id));
        return ResponseEntity.noContent().build();
    }

    private static UUID keyId(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("The provider key");
        }
    }

    record ProviderKeyBody(
            @Nullable Provider provider,
            @Nullable String name,
            @Nullable String secret,
            @Nullable String baseUrl) {

        @Override
        public String toString() {
            return "ProviderKeyBody[" + provider + "]";
        }
    }

    /** Its form was looked at when it came; the provider was not asked yet. */
    record AddedProviderKey(
            String id,
            Provider provider,
            String name,
            String hint,
            String format,
            @Nullable String baseUrl) {

        static AddedProviderKey of(ProviderKey key) {
            return new AddedProviderKey(
                    key.id().toString(), key.provider(), key.name(), key.hint(), "valid", key.baseUrl());
        }
    }

    record ListedProviderKey(
            String id,
            Provider provider,
            String name,
            String hint,
            @Nullable String baseUrl,
            OffsetDateTime createdAt,
            String createdBy,
            @Nullable KeyStatus status,
            @Nullable String detail,
            @Nullable OffsetDateTime checkedAt) {

        static ListedProviderKey of(ProviderKey key) {
            return new ListedProviderKey(
                    key.id().toString(),
                    key.provider(),
                    key.name(),
                    key.hint(),
                    key.baseUrl(),
                    key.createdAt().atOffset(ZoneOffset.UTC),
                    key.createdBy(),
                    key.status(),
                    key.detail(),
                    utc(key.checkedAt()));
        }
    }

    record CheckedProviderKey(
            @Nullable KeyStatus status,
            @Nullable OffsetDateTime checkedAt,
            @Nullable String detail) {

        static CheckedProviderKey of(ProviderKey key) {
            return new CheckedProviderKey(key.status(), utc(key.checkedAt()), key.detail());
        }
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
