package dev.artemis.access.web;

import dev.artemis.access.AccessLink;
import dev.artemis.access.PassOnLinks;
import dev.artemis.shared.Problem;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * How a link went its way.
 *
 * @param path of the page that it leads to; null where it was mailed
 */
record PassedLink(
        AccessLink.Kind kind, boolean mailed, @Nullable String path, OffsetDateTime expiresAt) {

    /**
     * What an answer says.
     *
     * @throws Problem 409 {@code can-sign-in}, {@code no-mail}
     */
    static PassedLink of(PassOnLinks.Passed passed) {
        return switch (passed) {
            case PassOnLinks.Passed.ByMail(AccessLink link) -> of(link, null);
            case PassOnLinks.Passed.ByHand(AccessLink link) -> of(link, "/" + link.path());
            case PassOnLinks.Passed.NotNeeded none ->
                throw Problem.of(409, "can-sign-in", "This member can sign in already.");
            case PassOnLinks.Passed.ByAnAdministrator none ->
                throw Problem.of(
                        409,
                        "no-mail",
                        "No letter can be sent: ask an administrator of the platform, who is given the link.");
        };
    }

    private static PassedLink of(AccessLink link, @Nullable String path) {
        return new PassedLink(link.kind(), path == null, path, link.expiresAt().atOffset(ZoneOffset.UTC));
    }

    @Override
    public String toString() {
        return "PassedLink[" + kind + "]";
    }
}
