package dev.artemis.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What stands between the server and its visitors.
 *
 * @param trustedProxies addresses and networks whose word on who is behind them is believed; others' is not
 * @param tlsCertificate PEM file with the certificate and those above it; empty: no TLS
 * @param tlsKey PEM file with its private key
 */
@ConfigurationProperties("artemis.web")
record WebSettings(
        @DefaultValue("") String trustedProxies,
        @DefaultValue("") String tlsCertificate,
        @DefaultValue("") String tlsKey) {

    boolean hasTls() {
        return !tlsCertificate.isBlank();
    }
}
