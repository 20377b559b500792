package dev.artemis.providers;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.artemis.OnDatabase;
import dev.artemis.audit.AuditEntry;
import dev.artemis.audit.AuditLog;
import dev.artemis.audit.AuditQuery;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.tenants.Tenants;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZoneId;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;

/** The schedule of two instances, and a provider on this machine that counts how often it is asked. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class CheckKeysRegularlyTest {

    private static final Caller TEST = new Caller.Platform("test");
    private static final ProviderSettings SETTINGS =
            new ProviderSettings(true, Duration.ofSeconds(10), Duration.ofHours(6));

    /** A schedule's turn takes twenty keys; other tests left some that are due. */
    private static final int TURNS = 50;

    private final ProviderKeys keys;
    private final AuditLog log;
    private final JdbcClient jdbc;
    private final TenantTransactions transactions;
    private final TenantId team;
    private final CheckKeysRegularly here;
    private final CheckKeysRegularly elsewhere;
    private final HttpServer provider;
    /** This test's alone: a port may be that of the test before, whose key is due still. */
    private final String path = "/" + UUID.randomUUID() + "/v1";

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger answer = new AtomicInteger(200);
    private volatile Runnable whileAsked = () -> {};

    CheckKeysRegularlyTest(
            ProviderKeys keys, AuditLog log, Tenants tenants, JdbcClient jdbc, TenantTransactions transactions)
            throws IOException {
        this.keys = keys;
        this.log = log;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.team = tenants.create(new Slug("checked-" + UUID.randomUUID()), "Checked", ZoneId.of("UTC"))
                .id();
        this.here = new CheckKeysRegularly(keys, SETTINGS, jdbc, transactions);
        this.elsewhere = new CheckKeysRegularly(keys, SETTINGS, jdbc, transactions);
        this.provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext(path + "/models", exchange -> {
            asked.incrementAndGet();
            whileAsked.run();
            exchange.sendResponseHeaders(answer.get(), -1);
            exchange.close();
        });
        provider.start();
    }

    @AfterEach
    void stop() {
        provider.stop(0);
    }

    @Test
    void aKeyThatIsDueIsAskedAboutByOneInstanceAndNotAgainBeforeItsTime() {
        UUID key = aKey();
        whileAsked = elsewhere::checkWhatIsDue;

        untilAsked(here, 1);

        assertThat(asked).as("the other instance took nothing").hasValue(1);
        ProviderKey checked = keys.all(team).getFirst();
        assertThat(checked.status()).isEqualTo(KeyStatus.ACCEPTED);
        assertThat(checked.checkedAt()).isNotNull();
        assertThat(untilDue(key)).isBetween(Duration.ofHours(5), Duration.ofHours(6));
        here.checkWhatIsDue();
        elsewhere.checkWhatIsDue();
        assertThat(asked).hasValue(1);
    }

    @Test
    void whatAProviderSaysNextIsKeptAndInTheLog() {
        UUID key = aKey();
        untilAsked(here, 1);
        answer.set(401);
        transactions.inTenant(
                team,
                () -> jdbc.sql(
                                "update provider_keys set check_at = now() - interval '100 years' where provider_key_id = :key")
                        .param("key", key)
                        .update());

        untilAsked(elsewhere, 2);

        assertThat(keys.all(team).getFirst().status()).isEqualTo(KeyStatus.REJECTED);
        assertThat(log.find(new AuditQuery(team, null, "provider-key.checked", null, null), null)
                        .items())
                .extracting(AuditEntry::actor)
                .containsExactly("schedule", "schedule");
    }

    @Test
    void noneIsAskedAboutWhereTheScheduleIsOff() {
        aKey();

        new CheckKeysRegularly(
                        keys, new ProviderSettings(true, Duration.ofSeconds(10), Duration.ZERO), jdbc, transactions)
                .checkWhatIsDue();

        assertThat(asked).hasValue(0);
    }

    private void untilAsked(CheckKeysRegularly instance, int times) {
        for (int turn = 0; turn < TURNS && asked.get() < times; turn++) {
            instance.checkWhatIsDue();
        }
        assertThat(asked).hasValue(times);
    }

    private Duration untilDue(UUID key) {
        return Duration.ofSeconds(transactions.inTenant(
                team,
                () -> jdbc.sql(
                                "select extract(epoch from check_at - now())::bigint from provider_keys where provider_key_id = :key")
                        .param("key", key)
                        .query(Long.class)
                        .single()));
    }

    private UUID aKey() {
        return keys.add(
                        TEST,
                        team,
                        new NewProviderKey(
                                Provider.OPENAI_COMPATIBLE,
                                "ours",
                                "compatible-secret-good-7Qx9",
                                "http://127.0.0.1:" + provider.getAddress().getPort() + path))
                .id();
    }
}
