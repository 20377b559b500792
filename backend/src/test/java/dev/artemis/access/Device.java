package dev.artemis.access;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;

/** Makes a passkey and shows it, with a real key, in the forms of WebAuthn, level 3. Its person is there and was asked. */
class Device {

    private static final byte PRESENT_AND_VERIFIED = 0x05;
    private static final byte WITH_KEY = 0x40;

    private final URI site;
    private final KeyPair keys;
    private final byte[] id = Arrays.copyOf(UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII), 16);

    Device(URI site) {
        this.site = site;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            this.keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The answer to a question to make one. */
    String made(PublicKeyCredentialCreationOptions asked) {
        byte[] data = joined(
                authenticator((byte) (PRESENT_AND_VERIFIED | WITH_KEY)),
                new byte[16],
                new byte[] {0, (byte) id.length},
                id,
                publicKey());
        // a map of "fmt": "none", "attStmt": {} and "authData": so many bytes
        byte[] attestation = joined(
                HexFormat.of().parseHex("a363666d74646e6f6e656761747453746d74a0686175746844617461"),
                new byte[] {0x58, (byte) data.length},
                data);
        return """
            {"id": "%1$s", "rawId": "%1$s", "type": "public-key", "clientExtensionResults": {},
             "response": {"clientDataJSON": "%2$s", "attestationObject": "%3$s", "transports": ["internal"]}}""".formatted(text(id), text(client("webauthn.create", asked.getChallenge())), text(attestation));
    }

    /** The answer to a question to show one. */
    String shown(PublicKeyCredentialRequestOptions asked, UUID person) {
        byte[] data = authenticator(PRESENT_AND_VERIFIED);
        byte[] client = client("webauthn.get", asked.getChallenge());
        return """
            {"id": "%1$s", "rawId": "%1$s", "type": "public-key", "clientExtensionResults": {},
             "response": {"clientDataJSON": "%2$s", "authenticatorData": "%3$s", "signature": "%4$s", "userHandle": "%5$s"}}""".formatted(
                        text(id),
                        text(client),
                        text(data),
                        text(signed(joined(data, sha256(client)))),
                        PasskeyRows.handle(person).toBase64UrlString());
    }

    private byte[] client(String type, Bytes challenge) {
        String origin = site.getScheme() + "://" + site.getHost() + (site.getPort() < 0 ? "" : ":" + site.getPort());
        return """
            {"type": "%s", "challenge": "%s", "origin": "%s", "crossOrigin": false}""".formatted(type, challenge.toBase64UrlString(), origin).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] authenticator(byte flags) {
        return joined(sha256(site.getHost().getBytes(StandardCharsets.US_ASCII)), new byte[] {flags}, new byte[4]);
    }

    /** As COSE: an elliptic key for ES256 on P-256, x and y. */
    private byte[] publicKey() {
        var point = ((ECPublicKey) keys.getPublic()).getW();
        return joined(
                HexFormat.of().parseHex("a5010203262001215820"),
                unsigned(point.getAffineX().toByteArray()),
                HexFormat.of().parseHex("225820"),
                unsigned(point.getAffineY().toByteArray()));
    }

    private static byte[] unsigned(byte[] number) {
        byte[] padded = new byte[32];
        int length = Math.min(32, number.length);
        System.arraycopy(number, number.length - length, padded, 32 - length, length);
        return padded;
    }

    private byte[] signed(byte[] what) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(what);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] what) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(what);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
