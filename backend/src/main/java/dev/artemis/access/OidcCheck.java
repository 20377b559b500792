package dev.artemis.access;

import dev.artemis.configuration.Finding;
import dev.artemis.configuration.StartupCheck;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Whether single sign-on and the pages' own address are set so that they could work. The directory itself is not asked. */
class OidcCheck implements StartupCheck {

    private static final String SUBJECT = "single sign-on";

    private final Environment environment;

    OidcCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(address());
        OidcSettings settings = Binder.get(environment).bindOrCreate("artemis.oidc", OidcSettings.class);
        if (!settings.on()) {
            findings.add(Finding.pass(SUBJECT, "none is named"));
            return findings;
        }
        if (!isAddress(settings.issuer())) {
            findings.add(Finding.fail(SUBJECT, "ARTEMIS_OIDC_ISSUER is no address", "Set it to https://…"));
        }
        if (settings.clientId().isBlank() || settings.clientSecret().isBlank()) {
            findings.add(Finding.fail(
                    SUBJECT,
                    "an issuer, but no client",
                    "Set ARTEMIS_OIDC_CLIENT_ID and ARTEMIS_OIDC_CLIENT_SECRET to what the directory knows us by."));
        }
        try {
            GroupMapping.parse(settings.teams());
        } catch (IllegalArgumentException e) {
            findings.add(Finding.fail(SUBJECT, String.valueOf(e.getMessage()), "Mend ARTEMIS_OIDC_TEAMS."));
        }
        if (findings.stream().noneMatch(finding -> finding.verdict() == Finding.Verdict.FAIL)) {
            findings.add(Finding.pass(SUBJECT, settings.issuer()));
        }
        return findings;
    }

    /** Where none is set it follows from the port, which another check looks at. */
    private Finding address() {
        String url = environment.getProperty("artemis.pages.public-url", "");
        boolean usual = url.equals("http://localhost:" + environment.getProperty("server.port"));
        if (usual && !environment.getProperty("artemis.oidc.issuer", "").isBlank()) {
            return Finding.warn(
                    "public address",
                    "the directory sends people back to " + url + ", which is this machine alone",
                    "Set ARTEMIS_PUBLIC_URL to where people reach the pages.");
        }
        return usual || isAddress(url)
                ? Finding.pass("public address", url)
                : Finding.fail(
                        "public address",
                        "\"" + url + "\" is none",
                        "Set ARTEMIS_PUBLIC_URL to where people reach the pages, such as https://artemis.example.org.");
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
