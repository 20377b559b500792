package dev.artemis.access;

import dev.artemis.access.SignInAttempts.What;
import dev.artemis.access.SignInLog.Way;
import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.secrets.Vault;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.UserId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * A second proof after the password: a code from the person's device, or one of ten recovery codes, each good once. In force
 * only after a first code was right, so that nobody locks themselves out.
 */
@Service
public class SecondFactors {

    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_BYTES = 10;
    private static final SecureRandom random = new SecureRandom();

    private final JdbcClient jdbc;
    private final TenantTransactions transactions;
    private final Vault vault;
    private final SignInAttempts attempts;
    private final SignInLog log;
    private final Users users;
    private final Audit audit;
    private final Clock clock;

    SecondFactors(
            JdbcClient jdbc,
            TenantTransactions transactions,
            Vault vault,
            SignInAttempts attempts,
            SignInLog log,
            Users users,
            Audit audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.vault = vault;
        this.attempts = attempts;
        this.log = log;
        this.users = users;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What a person's device needs.
     *
     * @param secret to type in, base 32
     * @param uri to scan: {@code otpauth://totp/…}
     */
    public record Begun(String secret, String uri) {

        @Override
        public String toString() {
            return "Begun[…]";
        }
    }

    private record Kept(byte[] sealed, boolean confirmed, long lastStep, long codesLeft) {}

    /** Whether a person needs a second proof. */
    public boolean isOn(UserId whose) {
        return kept(whose).filter(Kept::confirmed).isPresent();
    }

    /** How many recovery codes are left. */
    public long codesLeft(UserId whose) {
        return kept(whose).map(Kept::codesLeft).orElse(0L);
    }

    /**
     * Begins: the device learns the secret. Nothing is in force yet.
     *
     * @throws Problem 409 {@code second-factor-on}
     */
    public Begun begin(SignedIn person) {
        String secret = Totp.newSecret();
        byte[] sealed = vault.seal(person.id(), secret);
        boolean begun = transactions.acrossTenants(() -> {
            audit.record(
                    new Caller.Platform(person.email()),
                    new Change(Action.SECOND_FACTOR_BEGUN, null, person.email(), null, null));
            return jdbc.sql("select door.begin_second_factor(:whose, :secret, :at)")
                    .param("whose", person.id())
                    .param("secret", sealed)
                    .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                    .query(Boolean.class)
                    .single();
        });
        if (!begun) {
            throw Problem.of(409, "second-factor-on", "It is on already: take it away first.");
        }
        String label = URLEncoder.encode("Artemis:" + person.email(), StandardCharsets.UTF_8)
                .replace("+", "%20");
        return new Begun(secret, "otpauth://totp/" + label + "?secret=" + secret + "&issuer=Artemis");
    }

    /**
     * Puts it in force, the device's first code being right.
     *
     * @return recovery codes, shown this once
     * @throws Problem 422 for a wrong code
     */
    public List<String> confirm(SignedIn person, String code) {
        if (!isCode(person.user(), code)) {
            throw wrongCode();
        }
        List<String> codes = IntStream.range(0, RECOVERY_CODES)
                .mapToObj(each -> recoveryCode())
                .toList();
        String hashes = codes.stream()
                .map(each -> "\"\\\\x" + HexFormat.of().formatHex(hash(each)) + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        return transactions.acrossTenants(() -> {
            jdbc.sql("select 1 from door.confirm_second_factor(:whose, :codes::bytea[], :at)")
                    .param("whose", person.id())
                    .param("codes", hashes)
                    .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                    .query(Integer.class)
                    .single();
            audit.record(
                    new Caller.Platform(person.email()),
                    new Change(Action.SECOND_FACTOR_ON, null, person.email(), null, null));
            return codes;
        });
    }

    /**
     * Whether that proves the person: a code of their device or a recovery code, each once. Guessing is slowed down as for
     * passwords.
     *
     * @param address where it was tried
     */
    public boolean proves(UserId whose, String email, String code, String address) {
        return switch (attempts.begin(What.CODE, email, address)) {
            case COUNTED -> {
                boolean right = isCode(whose, code) || isRecoveryCode(whose, code);
                if (right) {
                    attempts.succeeded(What.CODE, email, address);
                } else {
                    log.refused(users.byId(whose), Way.CODE);
                }
                yield right;
            }
            case REFUSED -> false;
            case REFUSED_ANEW -> {
                log.lockedOut(users.byId(whose), Way.CODE);
                yield false;
            }
        };
    }

    /**
     * A person takes theirs away.
     *
     * @throws Problem 422 for a wrong code
     */
    public void remove(SignedIn person, String code, String address) {
        if (!proves(person.user(), person.email(), code, address)) {
            throw wrongCode();
        }
        removed(new Caller.Platform(person.email()), person.user(), person.email());
    }

    /**
     * An administrator takes away that of somebody who lost their device and their codes.
     *
     * @throws Problem 404: nobody is that person, or they have none
     */
    public void remove(Caller.Admin by, UserId whose) {
        UserRow person =
                users.byId(whose).filter(each -> isOn(whose)).orElseThrow(() -> Problem.notFound("The second factor"));
        removed(by, whose, person.email());
    }

    private void removed(Caller by, UserId whose, String email) {
        transactions.acrossTenants(() -> {
            audit.record(by, new Change(Action.SECOND_FACTOR_OFF, null, email, null, null));
            return jdbc.sql("select 1 from door.remove_second_factor(:whose)")
                    .param("whose", whose.value())
                    .query(Integer.class)
                    .single();
        });
    }

    private boolean isCode(UserId whose, String code) {
        Optional<Kept> kept = kept(whose);
        if (kept.isEmpty()) {
            return false;
        }
        String secret = vault.open(whose.value(), kept.get().sealed());
        OptionalLong step = Totp.stepOf(secret, code.replace(" ", ""), clock.instant());
        return step.isPresent()
                && transactions.acrossTenants(() -> jdbc.sql("select door.use_second_factor_step(:whose, :step)")
                        .param("whose", whose.value())
                        .param("step", step.getAsLong())
                        .query(Boolean.class)
                        .single());
    }

    private boolean isRecoveryCode(UserId whose, String code) {
        return transactions.acrossTenants(() -> jdbc.sql("select door.use_recovery_code(:whose, :code, :at)")
                .param("whose", whose.value())
                .param("code", hash(code))
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single());
    }

    private Optional<Kept> kept(UserId whose) {
        return transactions.acrossTenants(
                () -> jdbc.sql("select sealed, confirmed, last_step, codes_left from door.second_factor(:whose)")
                        .param("whose", whose.value())
                        .query((row, number) -> new Kept(
                                row.getBytes("sealed"),
                                row.getBoolean("confirmed"),
                                row.getLong("last_step"),
                                row.getLong("codes_left")))
                        .optional());
    }

    /** Eighty random bits, in four groups of five. */
    private static String recoveryCode() {
        byte[] bytes = new byte[RECOVERY_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes).replaceAll("(.{5})(?=.)", "$1-");
    }

    private static byte[] hash(String code) {
        return KeyText.hash(code.toLowerCase(Locale.ROOT).replaceAll("[^0-9a-f]", ""));
    }

    private static Problem wrongCode() {
        return Problem.notAllowed("code", "is not right, or was used before");
    }
}
