package dev.artemis.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Single sign-on with OpenID Connect. None where no issuer is named.
 *
 * @param issuer whose {@code .well-known/openid-configuration} says the rest
 * @param name of it, on the button
 * @param clientId ours, there
 * @param clientSecret ours, there
 * @param claim of the identity token that lists a person's groups
 * @param trustEmail whether e-mails count of which the directory does not say that they are verified (Entra ID says nothing)
 * @param teams which group is what in which team: {@code group=team:ROLE}, separated by commas; {@code group=*:ADMIN} or
 *     {@code group=*:FINANCE} for the platform's own
 */
@ConfigurationProperties("artemis.oidc")
record OidcSettings(
        @DefaultValue("") String issuer,
        @DefaultValue("Single sign-on") String name,
        @DefaultValue("") String clientId,
        @DefaultValue("") String clientSecret,
        @DefaultValue("groups") String claim,
        @DefaultValue("false") boolean trustEmail,
        @DefaultValue("") String teams) {

    boolean on() {
        return !issuer.isBlank();
    }

    @Override
    public String toString() {
        return "OidcSettings[issuer=" + issuer + "]";
    }
}
