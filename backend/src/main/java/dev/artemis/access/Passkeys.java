package dev.artemis.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.PlainText;
import dev.artemis.shared.Problem;
import dev.artemis.shared.UserId;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialCreationOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialRequestOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.WebAuthnRelyingPartyOperations;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;
import org.springframework.stereotype.Service;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Passkeys: a person's device signs a challenge, and nothing that could be stolen from us proves anything. What we send and
 * what comes back is JSON of the browser's own form (WebAuthn, level 3). A passkey that asked its person (PIN, finger) is two
 * factors in one, and no code follows it.
 */
@Service
public class Passkeys {

    private static final Logger log = LoggerFactory.getLogger(Passkeys.class);
    private static final int MAX_LABEL = 200;
    private static final int MAX_ANSWER = 100_000;

    private final PasskeyRows rows;
    private final SignInSteps steps;
    private final SignInAttempts attempts;
    private final WebAuthnRelyingPartyOperations party;
    private final Audit audit;
    private final TenantTransactions transactions;
    private final JsonMapper json = JsonMapper.builder()
            .addModule(new WebauthnJacksonModule())
            .changeDefaultPropertyInclusion(include -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    Passkeys(
            PasskeyRows rows,
            SignInSteps steps,
            SignInAttempts attempts,
            PublicAddressSettings address,
            Audit audit,
            TenantTransactions transactions) {
        this.rows = rows;
        this.steps = steps;
        this.attempts = attempts;
        this.party = party(rows, address.publicUrl());
        this.audit = audit;
        this.transactions = transactions;
    }

    private static WebAuthnRelyingPartyOperations party(PasskeyRows rows, URI publicUrl) {
        String host = publicUrl.getHost();
        boolean usual = publicUrl.getPort() < 0;
        String origin = publicUrl.getScheme() + "://" + host + (usual ? "" : ":" + publicUrl.getPort());
        var party = new Webauthn4JRelyingPartyOperations(
                rows,
                rows,
                PublicKeyCredentialRpEntity.builder().id(host).name("Artemis").build(),
                Set.of(origin));
        party.setCustomizeCreationOptions(
                options -> options.authenticatorSelection(AuthenticatorSelectionCriteria.builder()
                        .residentKey(ResidentKeyRequirement.REQUIRED)
                        .userVerification(UserVerificationRequirement.REQUIRED)
                        .build()));
        party.setCustomizeRequestOptions(options -> options.userVerification(UserVerificationRequirement.REQUIRED));
        return party;
    }

    /**
     * A question to a browser, and what is needed to judge its answer. Stays on this side.
     *
     * @param json for {@code navigator.credentials}
     */
    public record Question<T>(String json, T options) {}

    /** Asks the browser of a signed-in person to make a passkey. */
    public Question<PublicKeyCredentialCreationOptions> askToMake() {
        Authentication person =
                Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication());
        PublicKeyCredentialCreationOptions options = party.createPublicKeyCredentialCreationOptions(
                new ImmutablePublicKeyCredentialCreationOptionsRequest(person));
        return new Question<>(json.writeValueAsString(options), options);
    }

    /**
     * Keeps the passkey that the browser made.
     *
     * @param label 1 to 200 characters
     * @throws Problem 422 for a bad label, or where what came is no good answer to the question
     */
    public void keep(SignedIn person, PublicKeyCredentialCreationOptions asked, String answer, String label) {
        String called = label.strip();
        if (called.isEmpty() || called.length() > MAX_LABEL || !PlainText.is(called)) {
            throw Problem.notAllowed("label", "1 to " + MAX_LABEL + " characters");
        }
        PublicKeyCredential<AuthenticatorAttestationResponse> credential =
                read(answer, new TypeReference<PublicKeyCredential<AuthenticatorAttestationResponse>>() {});
        transactions.acrossTenants(() -> {
            try {
                var kept = party.registerCredential(new ImmutableRelyingPartyRegistrationRequest(
                        asked, new RelyingPartyPublicKey(credential, called)));
                audit.record(
                        new Caller.Platform(person.email()),
                        new Change(Action.PASSKEY_ADDED, null, person.email(), null, called));
                return kept;
            } catch (RuntimeException e) {
                log.info(
                        "A passkey was refused, person={} why={}",
                        person.id(),
                        e.getClass().getSimpleName());
                throw noGoodAnswer();
            }
        });
    }

    /** Asks a browser for any passkey that it has for us. */
    public Question<PublicKeyCredentialRequestOptions> askToShow() {
        PublicKeyCredentialRequestOptions options = party.createCredentialRequestOptions(
                new ImmutablePublicKeyCredentialRequestOptionsRequest(new AnonymousAuthenticationToken(
                        "passkeys", "anybody", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"))));
        return new Question<>(json.writeValueAsString(options), options);
    }

    /**
     * Whoever the passkey proves, signed in; empty where it proves nobody, or too many were shown.
     *
     * @param address where it was shown
     */
    public Optional<Authentication> signIn(PublicKeyCredentialRequestOptions asked, String answer, String address) {
        if (attempts.begin(SignInAttempts.What.PASSKEY, address, address) != SignInAttempts.Begun.COUNTED) {
            return Optional.empty();
        }
        try {
            PublicKeyCredential<AuthenticatorAssertionResponse> credential =
                    read(answer, new TypeReference<PublicKeyCredential<AuthenticatorAssertionResponse>>() {});
            PublicKeyCredentialUserEntity person =
                    party.authenticate(new RelyingPartyAuthenticationRequest(asked, credential));
            Optional<Authentication> in = steps.of(new UserId(PasskeyRows.user(person.getId())), SignInLog.Way.PASSKEY);
            in.ifPresent(each -> attempts.succeeded(SignInAttempts.What.PASSKEY, address, address));
            return in;
        } catch (RuntimeException e) {
            log.info("A passkey proved nobody, why={}", e.getClass().getSimpleName());
            steps.refused(SignInLog.Way.PASSKEY);
            return Optional.empty();
        }
    }

    /** A person's passkeys, oldest first. */
    public List<Passkey> all(SignedIn person) {
        return rows.findByUserId(PasskeyRows.handle(person.id())).stream()
                .map(each -> new Passkey(
                        each.getCredentialId().toBase64UrlString(),
                        each.getLabel(),
                        each.getCreated(),
                        each.getLastUsed()))
                .toList();
    }

    /**
     * A person takes one of theirs away.
     *
     * @throws Problem 404: it is none of theirs
     */
    public void remove(SignedIn person, Passkey passkey) {
        transactions.acrossTenants(() -> {
            if (!rows.remove(Bytes.fromBase64(passkey.id()), person.id())) {
                throw Problem.notFound("The passkey");
            }
            audit.record(
                    new Caller.Platform(person.email()),
                    new Change(Action.PASSKEY_REMOVED, null, person.email(), passkey.label(), null));
            return passkey;
        });
    }

    private <T> T read(String answer, TypeReference<T> type) {
        try {
            if (answer.length() <= MAX_ANSWER) {
                return json.readValue(answer, type);
            }
        } catch (JacksonException e) {
            log.debug("An answer of a browser is not readable", e);
        }
        throw noGoodAnswer();
    }

    private static Problem noGoodAnswer() {
        return Problem.of(422, "passkey-refused", "This passkey could not be checked.");
    }
}
