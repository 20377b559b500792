package dev.artemis.access.web;

import dev.artemis.access.AccessLink;
import dev.artemis.access.PassOnLinks;
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

    static PassedLink of(AccessLink link, PassOnLinks.Passed passed) {
        String path = switch (passed) {
            case PassOnLinks.Passed.ByMail mailed -> null;
            case PassOnLinks.Passed.ByHand byHand -> "/" + byHand.link().path();
        };
        return new PassedLink(link.kind(), path == null, path, link.expiresAt().atOffset(ZoneOffset.UTC));
    }

    @Override
    public String toString() {
        return "PassedLink[" + kind + "]";
    }
}
