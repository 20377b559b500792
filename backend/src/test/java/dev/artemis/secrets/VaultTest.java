package dev.artemis.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.OnDatabase;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.tenants.Tenants;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class VaultTest {

    private static final AtomicInteger count = new AtomicInteger();
    private static final String OLD = MasterKey.random().text();
    private static final String NEW = MasterKey.random().text();

    private final Tenants tenants;
    private final JdbcClient jdbc;
    private final TenantTransactions transactions;

    VaultTest(Tenants tenants, JdbcClient jdbc, TenantTransactions transactions) {
        this.tenants = tenants;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Test
    void whatIsSealedOpensForItsOwnerAlone() {
        Vault vault = vault(keys(OLD, ""));
        TenantId mine = aTeam();
        TenantId theirs = aTeam();
        UUID row = UUID.randomUUID();
        byte[] sealed = vault.seal(mine, row, "sk-secret");
        vault.seal(theirs, row, "so that they have a data key");

        assertThat(vault.open(mine, row, sealed)).isEqualTo("sk-secret");
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("sk-secret");
        assertThat(vault.seal(mine, row, "sk-secret")).isNotEqualTo(sealed);
        assertThatThrownBy(() -> vault.open(mine, UUID.randomUUID(), sealed)).isInstanceOf(BrokenSeal.class);
        assertThatThrownBy(() -> vault.open(theirs, row, sealed)).isInstanceOf(BrokenSeal.class);
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> vault.open(mine, row, sealed)).isInstanceOf(BrokenSeal.class);
    }

    @Test
    void whatBelongsToNoTeamIsSealedToo() {
        Vault vault = vault(keys(OnDatabase.MASTER_KEY, ""));
        UUID row = UUID.randomUUID();

        assertThat(vault.open(row, vault.seal(row, "seed"))).isEqualTo("seed");
    }

    @Test
    void theMasterKeyRotatesWithoutAnyoneWaiting() {
        TenantId team = aTeam();
        UUID row = UUID.randomUUID();
        byte[] sealed = vault(keys(OLD, "")).seal(team, row, "sk-secret");
        Vault before = vault(keys(OLD, NEW));
        Vault after = vault(keys(NEW, OLD));
        assertThat(after.open(team, row, sealed)).isEqualTo("sk-secret");

        new RewrapDataKeys(jdbc, transactions, keys(NEW, OLD)).run();

        assertThat(masterKeyOf(team)).isEqualTo(MasterKey.parse(NEW).id());
        assertThat(before.open(team, row, sealed)).isEqualTo("sk-secret");
        assertThat(vault(keys(NEW, "")).open(team, row, sealed)).isEqualTo("sk-secret");
        assertThatThrownBy(() -> vault(keys(OLD, "")).open(team, row, sealed)).isInstanceOf(BrokenSeal.class);
    }

    @Test
    void whatNoKeyHereOpensIsLeftAsItIs() {
        TenantId team = aTeam();
        UUID row = UUID.randomUUID();
        byte[] sealed = vault(keys(OLD, "")).seal(team, row, "sk-secret");

        RewrapDataKeys.Rewrapped result = new RewrapDataKeys(jdbc, transactions, keys(NEW, "")).run();

        assertThat(result.unknown()).isPositive();
        assertThat(vault(keys(OLD, "")).open(team, row, sealed)).isEqualTo("sk-secret");
    }

    @Test
    void oneIsMadeInTheHomeFolderForItsUserAlone(@TempDir Path home) throws IOException {
        SecretsSettings nothing = new SecretsSettings("", "", "", home.toString());

        MasterKey first = MasterKeys.of(nothing).current();
        MasterKey second = MasterKeys.of(nothing).current();

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(MasterKeys.FILE))))
                .isEqualTo("rw-------");
        try (var files = Files.list(home)) {
            assertThat(files).hasSize(1);
        }
    }

    private String masterKeyOf(TenantId team) {
        return transactions.inTenant(
                team,
                () -> jdbc.sql("select master_key_id from data_keys")
                        .query(String.class)
                        .single());
    }

    private Vault vault(MasterKeys keys) {
        return new Vault(jdbc, transactions, keys);
    }

    private static MasterKeys keys(String current, String others) {
        return MasterKeys.of(new SecretsSettings(current, "", others, ""));
    }

    private TenantId aTeam() {
        return tenants.create(new Slug("vault-" + count.incrementAndGet()), "Team", ZoneId.of("UTC"))
                .id();
    }
}
