package dev.artemis.providers;

import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.outbound.OutboundHttp;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.secrets.BrokenSeal;
import dev.artemis.secrets.Vault;
import dev.artemis.shared.Caller;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.PlainText;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Right;
import dev.artemis.shared.TenantId;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Teams' provider keys: handed in, listed, asked about, taken away. Each change is in the audit log, without the secret. */
@Service
public class ProviderKeys {

    private static final Caller SCHEDULE = new Caller.Platform("schedule");
    private static final int MAX_NAME = 200;
    private static final int MAX_URL = 500;
    private static final int SHOWN = 4;

    private final ProviderKeyRows rows;
    private final Vault vault;
    private final AskProvider ask;
    private final ProviderSettings settings;
    private final Audit audit;
    private final TenantTransactions transactions;
    private final Clock clock;

    ProviderKeys(
            ProviderKeyRows rows,
            Vault vault,
            AskProvider ask,
            ProviderSettings settings,
            Audit audit,
            TenantTransactions transactions,
            Clock clock) {
        this.rows = rows;
        this.vault = vault;
        this.ask = ask;
        this.settings = settings;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Keeps a key, sealed. The provider is asked at the schedule's next turn.
     *
     * @throws Problem 422 {@code malformed-provider-key}, which never repeats the secret; 422 for a bad name or base URL
     */
    public ProviderKey add(Caller by, TenantId tenant, NewProviderKey wanted) {
        Right.CHANGE_PROVIDER_KEYS.require(by, tenant);
        String name = wanted.name().strip();
        if (name.isEmpty() || name.length() > MAX_NAME || !PlainText.is(name)) {
            throw Problem.notAllowed("name", "1 to " + MAX_NAME + " characters, no control characters");
        }
        String secret = wanted.secret().strip();
        if (!wanted.provider().accepts(secret)) {
            throw Problem.of(
                    422,
                    "malformed-provider-key",
                    "This is no key of " + wanted.provider() + ": such a key "
                            + wanted.provider().formInWords() + ".");
        }
        String base = checkedBase(wanted.provider(), wanted.baseUrl());
        UUID id = KeyId.random().value();
        Instant now = clock.instant();
        ProviderKey key =
                new ProviderKey(id, wanted.provider(), name, base, hint(secret), now, by.name(), null, null, null);
        return transactions.inTenant(tenant, () -> {
            rows.add(tenant, key, vault.seal(tenant, id, secret), now);
            audit.record(by, new Change(Action.PROVIDER_KEY_ADDED, tenant, id.toString(), null, Shown.of(key)));
            return key;
        });
    }

    /** A team's keys, oldest first. */
    public List<ProviderKey> all(TenantId tenant) {
        return transactions.inTenant(tenant, rows::all);
    }

    /**
     * Takes a key away: its sealed secret is gone.
     *
     * @throws Problem 404
     */
    public void remove(Caller by, TenantId tenant, UUID id) {
        Right.CHANGE_PROVIDER_KEYS.require(by, tenant);
        transactions.inTenant(tenant, () -> {
            ProviderKey before = rows.find(id).orElseThrow(ProviderKeys::noSuchKey);
            rows.remove(id);
            audit.record(by, new Change(Action.PROVIDER_KEY_REMOVED, tenant, id.toString(), Shown.of(before), null));
        });
    }

    /**
     * Somebody wants to know how a key stands: asks the provider, and keeps the answer. Takes as long as the provider does, up to the
     * time-out; no transaction is open meanwhile.
     *
     * @throws Problem 404
     */
    public ProviderKey checkNow(Caller by, TenantId tenant, UUID id) {
        Right.CHANGE_PROVIDER_KEYS.require(by, tenant);
        return answered(by, tenant, id, asked(tenant, id));
    }

    /**
     * The same by the schedule: the audit log hears of it where the answer is another one.
     *
     * @throws Problem 404
     */
    ProviderKey check(TenantId tenant, UUID id) {
        return answered(SCHEDULE, tenant, id, asked(tenant, id));
    }

    private KeyVerdict asked(TenantId tenant, UUID id) {
        ProviderKey key = transactions.inTenant(tenant, () -> rows.find(id)).orElseThrow(ProviderKeys::noSuchKey);
        return opened(tenant, id)
                .map(secret -> ask.about(key.provider(), base(key), secret))
                .orElseGet(() -> new KeyVerdict(
                        KeyStatus.UNREACHABLE,
                        "it cannot be read here: the master key that it was sealed with is missing"));
    }

    private ProviderKey answered(Caller by, TenantId tenant, UUID id, KeyVerdict verdict) {
        Instant at = clock.instant();
        return transactions.inTenant(tenant, () -> {
            ProviderKey before = rows.find(id).orElseThrow(ProviderKeys::noSuchKey);
            rows.answered(id, verdict, at);
            if (!by.equals(SCHEDULE) || before.status() != verdict.status()) {
                audit.record(
                        by,
                        new Change(
                                Action.PROVIDER_KEY_CHECKED, tenant, id.toString(), before.status(), verdict.status()));
            }
            return rows.find(id).orElseThrow(ProviderKeys::noSuchKey);
        });
    }

    private Optional<String> opened(TenantId tenant, UUID id) {
        byte[] sealed = transactions.inTenant(tenant, () -> rows.sealed(id)).orElseThrow(ProviderKeys::noSuchKey);
        try {
            return Optional.of(vault.open(tenant, id, sealed));
        } catch (BrokenSeal e) {
            return Optional.empty();
        }
    }

    private static URI base(ProviderKey key) {
        return key.baseUrl() == null ? key.provider().home().orElseThrow() : URI.create(key.baseUrl());
    }

    private @Nullable String checkedBase(Provider provider, @Nullable String text) {
        if (text == null || text.isBlank()) {
            if (provider.home().isEmpty()) {
                throw Problem.notAllowed("base_url", "is required for " + provider);
            }
            return null;
        }
        String base = text.strip();
        try {
            URI uri = new URI(base);
            Optional<String> fault = OutboundHttp.fault(uri, ProvidersConfiguration.reach(settings));
            if (base.length() <= MAX_URL && uri.getRawQuery() == null && fault.isEmpty()) {
                return base;
            }
            throw Problem.notAllowed("base_url", fault.orElse("at most " + MAX_URL + " characters, without a query"));
        } catch (URISyntaxException e) {
            throw Problem.notAllowed("base_url", "an address");
        }
    }

    static Problem noSuchKey() {
        return Problem.notFound("The provider key");
    }

    /** What the audit log shows of a key. */
    private record Shown(
            Provider provider, String name, @Nullable String baseUrl, String hint) {

        static Shown of(ProviderKey key) {
            return new Shown(key.provider(), key.name(), key.baseUrl(), key.hint());
        }
    }

    /** Its last characters; none of one so short that they would be half of it. */
    private static String hint(String secret) {
        return secret.length() < 2 * SHOWN ? "*".repeat(SHOWN) : secret.substring(secret.length() - SHOWN);
    }
}
