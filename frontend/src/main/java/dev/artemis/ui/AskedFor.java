package dev.artemis.ui;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
import org.springframework.security.web.savedrequest.DefaultSavedRequest;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;

/** Where somebody wanted to go when they were led to the door. */
final class AskedFor {

    private static final String HOME = "/";

    /** Two strokes at the beginning, whichever way they lean, are followed by another server's name. */
    private static final Pattern OF_OURS = Pattern.compile("/(?![/\\\\]).*");

    private AskedFor() {}

    /**
     * The page that was asked for, with its query, and forgotten from now on; the first page where none was. The server's name is left out,
     * since it is the visitor's word: whoever signs in stays on the server that they are on.
     */
    static String takenFrom(HttpServletRequest request, HttpServletResponse response) {
        var cache = new HttpSessionRequestCache();
        if (!(cache.getRequest(request, response) instanceof DefaultSavedRequest asked)) {
            return HOME;
        }
        cache.removeRequest(request, response);
        String path = asked.getRequestURI();
        if (path == null || !OF_OURS.matcher(path).matches()) {
            return HOME;
        }
        return asked.getQueryString() == null ? path : path + "?" + asked.getQueryString();
    }
}
