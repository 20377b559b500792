package dev.artemis.shared;

import java.util.List;
import java.util.Map;

/**
 * A request that is answered with an error of the API's contract (RFC 9457). Carries only what the caller may know.
 * Thrown at the edge and by façades for what the caller did wrong; expected refusals of money are results instead.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final transient List<FieldFault> errors;
    private final transient Map<String, Object> properties;

    /**
     * What is wrong with one field.
     *
     * @param field its name or path in the request, such as "limits.cpu_seconds"
     * @param message what is allowed
     */
    public record FieldFault(String field, String message) {}

    private Problem(int status, String code, String detail, List<FieldFault> errors, Map<String, Object> properties) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.errors = List.copyOf(errors);
        this.properties = Map.copyOf(properties);
    }

    /** Not JSON, wrong types, unknown fields: 400. */
    public static Problem invalidRequest(String field, String message) {
        return invalidRequest(List.of(new FieldFault(field, message)));
    }

    public static Problem invalidRequest(List<FieldFault> errors) {
        return new Problem(400, "invalid-request", "The request is not well formed.", errors, Map.of());
    }

    /** Well formed but not allowed: 422. */
    public static Problem notAllowed(String field, String message) {
        return notAllowed(List.of(new FieldFault(field, message)));
    }

    public static Problem notAllowed(List<FieldFault> errors) {
        return new Problem(422, "not-allowed", "A value is not allowed.", errors, Map.of());
    }

    /** It does not exist, or belongs to somebody else: 404. */
    public static Problem notFound(String what) {
        return new Problem(404, "not-found", what + " does not exist.", List.of(), Map.of());
    }

    /** Any other code of the contract. */
    public static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, List.of(), Map.of());
    }

    /** The same with members of its own, such as a refused budget's limit. */
    public Problem with(Map<String, Object> members) {
        return new Problem(status, code, detail(), errors, members);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<FieldFault> errors() {
        return errors;
    }

    public Map<String, Object> properties() {
        return properties;
    }
}
