package dev.artemis.web;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Gives the web server its certificate, and tells it whose forwarded headers to believe. */
@Component
class ServerDoor implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final WebSettings settings;

    ServerDoor(WebSettings settings) {
        this.settings = settings;
    }

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        Networks proxies = Networks.parse(settings.trustedProxies());
        if (!proxies.isEmpty()) {
            server.addEngineValves(new BelieveProxies(proxies));
        }
        if (settings.hasTls()) {
            Ssl ssl = new Ssl();
            ssl.setCertificate("file:" + settings.tlsCertificate());
            ssl.setCertificatePrivateKey("file:" + settings.tlsKey());
            ssl.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            server.setSsl(ssl);
        }
    }
}
