package dev.artemis.access;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.UserId;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import org.springframework.stereotype.Component;

/** Passkeys as Spring Security wants them kept: a person's handle is their id, their name the e-mail. */
@Component
class PasskeyRows implements UserCredentialRepository, PublicKeyCredentialUserEntityRepository {

    private final Users users;
    private final JdbcClient jdbc;
    private final TenantTransactions transactions;

    PasskeyRows(Users users, JdbcClient jdbc, TenantTransactions transactions) {
        this.users = users;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    static Bytes handle(UUID user) {
        return new Bytes(ByteBuffer.allocate(Long.BYTES * 2)
                .putLong(user.getMostSignificantBits())
                .putLong(user.getLeastSignificantBits())
                .array());
    }

    static UUID user(Bytes handle) {
        ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(handle.getBytes(), Long.BYTES * 2));
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findById(Bytes handle) {
        return users.byId(new UserId(user(handle))).map(PasskeyRows::entity).orElse(null);
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findByUsername(String email) {
        return users.byEmail(email).map(PasskeyRows::entity).orElse(null);
    }

    /** Nothing to keep: a person is a person already. */
    @Override
    public void save(PublicKeyCredentialUserEntity person) {
        if (findById(person.getId()) == null) {
            throw new IllegalStateException("a passkey of nobody");
        }
    }

    @Override
    public void save(CredentialRecord passkey) {
        transactions.acrossTenants(() -> jdbc.sql("""
                        select 1 from door.put_passkey(:id, :user, :label, :key, :count, :uv, :eligible, :state, :ways,
                                                       :created, :used, :attestation, :client)""")
                .param("id", passkey.getCredentialId().getBytes())
                .param("user", user(passkey.getUserEntityUserId()))
                .param("label", passkey.getLabel())
                .param("key", passkey.getPublicKey().getBytes())
                .param("count", passkey.getSignatureCount())
                .param("uv", passkey.isUvInitialized())
                .param("eligible", passkey.isBackupEligible())
                .param("state", passkey.isBackupState())
                .param(
                        "ways",
                        passkey.getTransports().stream()
                                .map(AuthenticatorTransport::getValue)
                                .toArray(String[]::new))
                .param("created", passkey.getCreated().atOffset(ZoneOffset.UTC))
                .param("used", passkey.getLastUsed().atOffset(ZoneOffset.UTC))
                .param("attestation", bytes(passkey.getAttestationObject()))
                .param("client", bytes(passkey.getAttestationClientDataJSON()))
                .query(Integer.class)
                .single());
    }

    @Override
    public @Nullable CredentialRecord findByCredentialId(Bytes id) {
        return transactions
                .<java.util.Optional<CredentialRecord>>acrossTenants(() -> jdbc.sql("select * from door.passkey(:id)")
                        .param("id", id.getBytes())
                        .query((row, number) -> passkey(row))
                        .optional())
                .orElse(null);
    }

    @Override
    public List<CredentialRecord> findByUserId(Bytes handle) {
        return transactions.acrossTenants(() -> jdbc.sql("select * from door.passkeys_of(:user)")
                .param("user", user(handle))
                .query((row, number) -> passkey(row))
                .list());
    }

    /** Passkeys are removed by their person: see {@link Passkeys#remove}. */
    @Override
    public void delete(Bytes id) {
        CredentialRecord passkey = findByCredentialId(id);
        if (passkey != null) {
            remove(id, user(passkey.getUserEntityUserId()));
        }
    }

    boolean remove(Bytes id, UUID whose) {
        return transactions.acrossTenants(() -> jdbc.sql("select door.remove_passkey(:id, :user)")
                .param("id", id.getBytes())
                .param("user", whose)
                .query(Boolean.class)
                .single());
    }

    private static PublicKeyCredentialUserEntity entity(UserRow person) {
        return ImmutablePublicKeyCredentialUserEntity.builder()
                .id(handle(person.id().value()))
                .name(person.email())
                .displayName(person.email())
                .build();
    }

    private static CredentialRecord passkey(ResultSet row) throws SQLException {
        return ImmutableCredentialRecord.builder()
                .credentialType(PublicKeyCredentialType.PUBLIC_KEY)
                .credentialId(new Bytes(row.getBytes("credential_id")))
                .userEntityUserId(handle(row.getObject("user_id", UUID.class)))
                .label(row.getString("label"))
                .publicKey(new ImmutablePublicKeyCose(row.getBytes("public_key")))
                .signatureCount(row.getLong("signature_count"))
                .uvInitialized(row.getBoolean("uv_initialized"))
                .backupEligible(row.getBoolean("backup_eligible"))
                .backupState(row.getBoolean("backup_state"))
                .transports(Arrays.stream((String[]) row.getArray("transports").getArray())
                        .map(AuthenticatorTransport::valueOf)
                        .collect(Collectors.toSet()))
                .created(row.getObject("created_at", OffsetDateTime.class).toInstant())
                .lastUsed(row.getObject("last_used_at", OffsetDateTime.class).toInstant())
                .attestationObject(new Bytes(row.getBytes("attestation")))
                .attestationClientDataJSON(new Bytes(row.getBytes("client_data")))
                .build();
    }

    private static byte[] bytes(@Nullable Bytes said) {
        return Objects.requireNonNull(said, "what the device said").getBytes();
    }
}
