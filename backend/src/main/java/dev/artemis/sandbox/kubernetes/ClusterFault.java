package dev.artemis.sandbox.kubernetes;

import com.google.gson.JsonParseException;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Status;
import org.jspecify.annotations.Nullable;

/** A call that the cluster did not do, in words that an operator can act on. */
final class ClusterFault extends RuntimeException {

    /** What kind of fault, as far as it decides what to do next. */
    enum Kind {
        /** No answer; whether the call took effect is unknown. */
        UNREACHABLE,
        /** Asked to come again. */
        BUSY,
        /** Not allowed to us, or turned away by a policy, or by a namespace that is going. */
        FORBIDDEN,
        /** The namespace is full, or new: nobody has counted yet what is in it. */
        QUOTA,
        /** Something of that name is there already, or changed meanwhile. */
        CONFLICT,
        NOT_FOUND,
        /** The cluster does not take such an object. */
        INVALID,
        OTHER
    }

    private static final String UNCOUNTED = "status unknown for quota";

    private static final String COUNTED_BY_ANOTHER = "cannot be fulfilled on resourcequotas";

    private final Kind kind;

    private ClusterFault(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** @param what was tried, such as "create Job run-…" */
    static ClusterFault of(String what, ApiException cause) {
        String said = said(cause);
        Kind kind = switch (cause.getCode()) {
            case 0 -> Kind.UNREACHABLE;
            // a duplicate create under a full quota answers 403 too: kubernetes#106842
            case 401, 403 -> isQuota(said) ? Kind.QUOTA : Kind.FORBIDDEN;
            case 404 -> Kind.NOT_FOUND;
            // two creations counted one quota at once, and neither object is there: kubernetes#67761
            case 409 -> said.contains(COUNTED_BY_ANOTHER) ? Kind.BUSY : Kind.CONFLICT;
            // a webhook says no with 400 unless it names another, a ValidatingAdmissionPolicy with 422
            case 400, 413, 422 -> isDenied(said) ? Kind.FORBIDDEN : Kind.INVALID;
            case 429, 500, 502, 503 -> Kind.BUSY;
            // a time-out between API server and storage: it may have taken effect
            case 408, 504 -> Kind.UNREACHABLE;
            default -> Kind.OTHER;
        };
        String status = cause.getCode() == 0 ? "no answer from the cluster" : "status " + cause.getCode();
        return new ClusterFault(kind, what + ": " + status + (said.isEmpty() ? "" : ", " + said), cause);
    }

    /**
     * A quota that is full, or one that was made a moment ago, which refuses everything until its controller has counted. What a webhook says in
     * the same words is that webhook's denial.
     */
    static boolean isQuota(String said) {
        return !isDenied(said) && (said.contains("exceeded quota") || isUncounted(said));
    }

    private static boolean isUncounted(String said) {
        return said.contains(UNCOUNTED);
    }

    /** Whether a quota has no room: until something of it ends nothing more is let in. */
    static boolean isFull(String said) {
        return isQuota(said) && !isUncounted(said);
    }

    /** Whether it was refused only because nobody has counted yet what is in the namespace. */
    boolean isUncounted() {
        return kind == Kind.QUOTA && isUncounted(getMessage());
    }

    /** Whether a webhook turned it away, in the words that a Job's controller repeats of what became of its pod. */
    static boolean isDenied(String said) {
        return said.contains("denied the request") || said.contains("denied request");
    }

    Kind kind() {
        return kind;
    }

    /** Whether the same call may work in a moment. */
    boolean passing() {
        return switch (kind) {
            case UNREACHABLE, BUSY -> true;
            case FORBIDDEN, QUOTA, CONFLICT, NOT_FOUND, INVALID, OTHER -> false;
        };
    }

    @Override
    public String getMessage() {
        return java.util.Objects.requireNonNullElse(super.getMessage(), "");
    }

    private static String said(ApiException cause) {
        String body = cause.getResponseBody();
        if (body == null || body.isBlank()) {
            return firstLine(
                    cause.getCause() == null
                            ? cause.getMessage()
                            : cause.getCause().toString());
        }
        try {
            V1Status status = JSON.getGson().fromJson(body, V1Status.class);
            return firstLine(status == null ? body : status.getMessage());
        } catch (JsonParseException e) {
            return firstLine(body);
        }
    }

    private static String firstLine(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String line = text.lines().findFirst().orElse("");
        return line.length() > 500 ? line.substring(0, 500) + "…" : line;
    }
}
