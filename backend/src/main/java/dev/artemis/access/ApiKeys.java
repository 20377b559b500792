package dev.artemis.access;

import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.Limits;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.PlainText;
import dev.artemis.shared.Problem;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Right;
import dev.artemis.shared.Scope;
import dev.artemis.shared.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Service;

/** Keys of a team's projects: made, listed, rotated, revoked. Each change is in the audit log, without the secret. */
@Service
public class ApiKeys {

    /** The longest that a secret may outlive its rotation. */
    public static final Duration MAX_GRACE = Duration.ofDays(30);

    private static final int MAX_NAME = 200;

    private final ApiKeyRows rows;
    private final AuthenticateKey authenticate;
    private final Budgets budgets;
    private final Audit audit;
    private final TenantTransactions transactions;
    private final Clock clock;

    ApiKeys(
            ApiKeyRows rows,
            AuthenticateKey authenticate,
            Budgets budgets,
            Audit audit,
            TenantTransactions transactions,
            Clock clock) {
        this.rows = rows;
        this.authenticate = authenticate;
        this.budgets = budgets;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Makes a key, with limits of its own where they are named.
     *
     * @throws Problem 422 for a bad name, no scope, an end in the past or a bad limit
     */
    public IssuedKey<ApiKey> create(Caller by, TenantId tenant, ProjectId project, NewApiKey wanted) {
        Right.CHANGE_KEYS.require(by, tenant);
        Instant now = clock.instant();
        String name = checkedName(wanted.name());
        if (wanted.scopes().isEmpty()) {
            throw Problem.notAllowed("scopes", "at least one of " + List.of(Scope.values()));
        }
        if (wanted.expiresAt() != null && !wanted.expiresAt().isAfter(now)) {
            throw Problem.notAllowed("expires_at", "a time in the future");
        }
        Limits limits = Limits.of(wanted.dailyLimit(), wanted.monthlyLimit());
        KeyText secret = KeyText.random(KeyId.random());
        ApiKey key = new ApiKey(
                secret.id(), project, name, wanted.scopes(), now, by.name(), wanted.expiresAt(), null, null, null);
        return transactions.inTenant(tenant, () -> {
            rows.add(tenant, key, secret.hash());
            if (limits.daily() != null || limits.monthly() != null) {
                budgets.setLimits(by, tenant, new Level.OfKey(key.id()), limits);
            }
            audit.record(by, new Change(Action.KEY_CREATED, tenant, key.id().toString(), null, Shown.of(key)));
            return new IssuedKey<>(key, secret.reveal());
        });
    }

    /** A project's keys that are not revoked, oldest first. */
    public List<ApiKey> all(TenantId tenant, ProjectId project) {
        return transactions.inTenant(tenant, () -> rows.all(project, clock.instant()));
    }

    /** The same of all projects of a team. */
    public List<ApiKey> all(TenantId tenant) {
        return transactions.inTenant(tenant, () -> rows.all(tenant, clock.instant()));
    }

    /**
     * Gives a key a new secret under the same id, with the same limits and what was spent of them.
     *
     * @param grace how long the secret before stays good; zero: not at all. At most {@link #MAX_GRACE}
     * @throws Problem 404 for no such key; 422 for a bad grace
     */
    public IssuedKey<ApiKey> rotate(Caller by, TenantId tenant, ProjectId project, KeyId id, Duration grace) {
        Right.CHANGE_KEYS.require(by, tenant);
        if (grace.isNegative() || grace.compareTo(MAX_GRACE) > 0) {
            throw Problem.notAllowed("grace_seconds", "0 to " + MAX_GRACE.toSeconds());
        }
        Instant now = clock.instant();
        KeyText secret = KeyText.random(id);
        return transactions.inTenant(tenant, () -> {
            ApiKey before = rows.locked(project, id, now).orElseThrow(ApiKeys::noSuchKey);
            rows.rotate(id, secret.hash(), now, now.plus(grace));
            ApiKey after = rows.locked(project, id, now).orElseThrow(ApiKeys::noSuchKey);
            audit.record(by, new Change(Action.KEY_ROTATED, tenant, id.toString(), Shown.of(before), Shown.of(after)));
            AfterCommit.run(() -> authenticate.forget(id));
            return new IssuedKey<>(after, secret.reveal());
        });
    }

    /**
     * Revokes a key: refused at once here, within a second elsewhere. What was spent with it stays in the ledger.
     *
     * @throws Problem 404 for no such key, or one that is revoked already
     */
    public void revoke(Caller by, TenantId tenant, ProjectId project, KeyId id) {
        Right.CHANGE_KEYS.require(by, tenant);
        Instant now = clock.instant();
        transactions.inTenant(tenant, () -> {
            ApiKey before = rows.locked(project, id, now).orElseThrow(ApiKeys::noSuchKey);
            rows.revoke(id, now);
            audit.record(by, new Change(Action.KEY_REVOKED, tenant, id.toString(), Shown.of(before), null));
            AfterCommit.run(() -> authenticate.forget(id));
        });
    }

    static String checkedName(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > MAX_NAME || !PlainText.is(stripped)) {
            throw Problem.notAllowed("name", "1 to " + MAX_NAME + " characters, no control characters");
        }
        return stripped;
    }

    static Problem noSuchKey() {
        return Problem.notFound("The key");
    }

    /** What the audit log shows of a key. */
    private record Shown(
            String name,
            Set<Scope> scopes,
            @org.jspecify.annotations.Nullable Instant expiresAt,
            @org.jspecify.annotations.Nullable Instant graceUntil) {

        static Shown of(ApiKey key) {
            return new Shown(key.name(), key.scopes(), key.expiresAt(), key.graceUntil());
        }
    }
}
