package dev.artemis.access.web;

import dev.artemis.access.ApiKey;
import dev.artemis.access.ApiKeys;
import dev.artemis.access.IssuedKey;
import dev.artemis.access.NewApiKey;
import dev.artemis.idempotency.Idempotency;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresRight;
import dev.artemis.shared.Right;
import dev.artemis.shared.Scope;
import dev.artemis.shared.Slug;
import dev.artemis.shared.Usd;
import dev.artemis.web.Required;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
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
@RequestMapping("/api/v1/admin/tenants/{tenant}/projects/{project}/keys")
class KeysController {

    private final ApiKeys keys;
    private final Projects projects;
    private final Idempotency idempotency;

    KeysController(ApiKeys keys, Projects projects, Idempotency idempotency) {
        this.keys = keys;
        this.projects = projects;
        this.idempotency = idempotency;
    }

    @PostMapping
    @RequiresRight(Right.CHANGE_KEYS)
    ResponseEntity<?> create(
            Caller.ForTenant caller,
            IdempotentRequest request,
            @PathVariable Slug tenant,
            @PathVariable Slug project,
            @RequestBody NewKey body) {
        Project found = projects.named(caller.tenant(), project);
        NewApiKey wanted = new NewApiKey(
                Required.field("name", body.name()),
                Required.field("scopes", body.scopes()),
                body.expiresAt() == null ? null : body.expiresAt().toInstant(),
                body.dailyLimit(),
                body.monthlyLimit());
        return idempotency.once(
                caller.tenant(),
                request,
                () -> {
                    KeyAnswer answer = KeyAnswer.of(keys.create(caller, caller.tenant(), found.id(), wanted));
                    return ResponseEntity.created(URI.create("/api/v1/admin/tenants/" + tenant + "/projects/" + project
                                    + "/keys/" + answer.id()))
                            .body(answer);
                },
                KeyAnswer::withoutSecret);
    }

    @GetMapping
    @RequiresRight(Right.SEE_KEYS)
    Page<ListedKey> all(Caller.ForTenant caller, @PathVariable Slug project) {
        Project found = projects.named(caller.tenant(), project);
        return Page.whole(keys.all(caller.tenant(), found.id())).map(ListedKey::of);
    }

    @PostMapping("/{id}/rotation")
    @RequiresRight(Right.CHANGE_KEYS)
    ResponseEntity<?> rotate(
            Caller.ForTenant caller,
            IdempotentRequest request,
            @PathVariable Slug project,
            @PathVariable String id,
            @RequestBody Rotation body) {
        Project found = projects.named(caller.tenant(), project);
        KeyId key = keyId(id);
        Duration grace = grace(Required.field("grace_seconds", body.graceSeconds()));
        return idempotency.once(
                caller.tenant(),
                request,
                () -> ResponseEntity.ok(KeyAnswer.of(keys.rotate(caller, caller.tenant(), found.id(), key, grace))),
                KeyAnswer::withoutSecret);
    }

    @DeleteMapping("/{id}")
    @RequiresRight(Right.CHANGE_KEYS)
    ResponseEntity<Void> revoke(Caller.ForTenant caller, @PathVariable Slug project, @PathVariable String id) {
        Project found = projects.named(caller.tenant(), project);
        keys.revoke(caller, caller.tenant(), found.id(), keyId(id));
        return ResponseEntity.noContent().build();
    }

    /** What is no id names no key. */
    static KeyId keyId(String text) {
        try {
            return KeyId.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("The key");
        }
    }

    private static Duration grace(long seconds) {
        if (seconds < 0 || seconds > ApiKeys.MAX_GRACE.toSeconds()) {
            throw Problem.notAllowed("grace_seconds", "0 to " + ApiKeys.MAX_GRACE.toSeconds());
        }
        return Duration.ofSeconds(seconds);
    }

    record NewKey(
            @Nullable String name,
            @Nullable Set<Scope> scopes,
            @Nullable OffsetDateTime expiresAt,
            @Nullable Usd dailyLimit,
            @Nullable Usd monthlyLimit) {}

    record Rotation(@Nullable Long graceSeconds) {}

    /** With the secret; null in a repeat's answer, since we do not know it any more. */
    record KeyAnswer(
            String id,
            String name,
            @Nullable String key,
            List<Scope> scopes,
            OffsetDateTime createdAt,
            @Nullable OffsetDateTime expiresAt,
            @Nullable OffsetDateTime rotatedAt,
            @Nullable OffsetDateTime graceUntil) {

        static KeyAnswer of(IssuedKey<ApiKey> issued) {
            ApiKey key = issued.key();
            return new KeyAnswer(
                    key.id().toString(),
                    key.name(),
                    issued.secret(),
                    key.scopes().stream().sorted().toList(),
                    key.createdAt().atOffset(ZoneOffset.UTC),
                    utc(key.expiresAt()),
                    utc(key.rotatedAt()),
                    utc(key.graceUntil()));
        }

        KeyAnswer withoutSecret() {
            return new KeyAnswer(id, name, null, scopes, createdAt, expiresAt, rotatedAt, graceUntil);
        }
    }

    record ListedKey(
            String id,
            String name,
            List<Scope> scopes,
            OffsetDateTime createdAt,
            String createdBy,
            @Nullable OffsetDateTime expiresAt,
            @Nullable OffsetDateTime rotatedAt,
            @Nullable OffsetDateTime graceUntil,
            @Nullable OffsetDateTime lastUsedAt) {

        static ListedKey of(ApiKey key) {
            return new ListedKey(
                    key.id().toString(),
                    key.name(),
                    key.scopes().stream().sorted().toList(),
                    key.createdAt().atOffset(ZoneOffset.UTC),
                    key.createdBy(),
                    utc(key.expiresAt()),
                    utc(key.rotatedAt()),
                    utc(key.graceUntil()),
                    utc(key.lastUsedAt()));
        }
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
