package dev.artemis.web;

import dev.artemis.configuration.Finding;
import dev.artemis.configuration.StartupCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.core.env.Environment;

/** Whether the certificate is one, is ours and lasts; whether the proxies are addresses; whether anybody can listen in. */
class WebCheck implements StartupCheck {

    private static final String TLS = "TLS";
    private static final Duration SOON = Duration.ofDays(14);

    /** Of the network that documents use (RFC 5737), and so an example that nobody replaced, or all the world. */
    private static final String NOBODYS = "192.0.2.1";

    private final Environment environment;
    private final Clock clock = Clock.systemUTC();

    WebCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public List<Finding> findings() {
        WebSettings settings = Binder.get(environment).bindOrCreate("artemis.web", WebSettings.class);
        List<Finding> findings = new ArrayList<>();
        boolean proxied = false;
        try {
            Networks believed = Networks.parse(settings.trustedProxies());
            proxied = !believed.isEmpty();
            findings.add(
                    believed.contain(NOBODYS)
                            ? Finding.fail(
                                    "proxies",
                                    settings.trustedProxies() + " stands for a network that only you know",
                                    "Set ARTEMIS_TRUSTED_PROXIES to where your proxies have their addresses, or empty.")
                            : Finding.pass(
                                    "proxies",
                                    proxied
                                            ? settings.trustedProxies() + " are believed"
                                            : "no forwarded header is believed"));
        } catch (IllegalArgumentException e) {
            findings.add(Finding.fail(
                    "proxies",
                    String.valueOf(e.getMessage()),
                    "Set ARTEMIS_TRUSTED_PROXIES to addresses or networks such as 10.0.0.0/8, separated by commas."));
        }
        findings.add(settings.hasTls() || !settings.tlsKey().isBlank() ? certificate(settings) : withoutTls(proxied));
        return findings;
    }

    private Finding withoutTls(boolean proxied) {
        String host = environment.getProperty("server.address", "127.0.0.1");
        try {
            return InetAddress.getByName(host).isLoopbackAddress() || proxied
                    ? Finding.pass(TLS, proxied ? "left to the proxy" : "not needed on this machine's own address")
                    : Finding.warn(
                            TLS,
                            "the server listens on " + host + " without TLS: keys and passwords can be read on the way",
                            "Set ARTEMIS_TLS_CERTIFICATE and ARTEMIS_TLS_KEY, or put a proxy with TLS before it and name it"
                                    + " in ARTEMIS_TRUSTED_PROXIES.");
        } catch (UnknownHostException e) {
            return Finding.pass(TLS, "not looked at: the address is none");
        }
    }

    private Finding certificate(WebSettings settings) {
        String remedy = "Set ARTEMIS_TLS_CERTIFICATE and ARTEMIS_TLS_KEY to PEM files that belong together.";
        PemContent certificates = content(settings.tlsCertificate());
        PemContent keys = content(settings.tlsKey());
        if (certificates == null) {
            return Finding.fail(TLS, "ARTEMIS_TLS_CERTIFICATE cannot be read", remedy);
        }
        if (keys == null) {
            return Finding.fail(TLS, "ARTEMIS_TLS_KEY cannot be read", remedy);
        }
        try {
            X509Certificate certificate = certificates.getCertificates().getFirst();
            PrivateKey key = keys.getPrivateKey();
            if (key == null || !belongTogether(certificate, key)) {
                return Finding.fail(TLS, "the key is not the certificate's", remedy);
            }
            Instant end = certificate.getNotAfter().toInstant();
            if (end.isBefore(clock.instant())) {
                return Finding.fail(TLS, "the certificate ended on " + end, "Have it renewed.");
            }
            return end.isBefore(clock.instant().plus(SOON))
                    ? Finding.warn(TLS, "the certificate ends on " + end, "Have it renewed.")
                    : Finding.pass(TLS, "the certificate lasts until " + end);
        } catch (RuntimeException | GeneralSecurityException e) {
            return Finding.fail(TLS, "the files hold no certificate and no key that can be used", remedy);
        }
    }

    private static boolean belongTogether(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "EdDSA" -> "EdDSA";
            default -> "SHA256withRSA";
        };
        byte[] probe = {1, 2, 3};
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(probe);
        byte[] signature = signing.sign();
        Signature verifying = Signature.getInstance(algorithm);
        verifying.initVerify(certificate.getPublicKey());
        verifying.update(probe);
        return verifying.verify(signature);
    }

    private static @Nullable PemContent content(String file) {
        try {
            return file.isBlank() ? null : PemContent.of(Files.readString(Path.of(file)));
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }
}
