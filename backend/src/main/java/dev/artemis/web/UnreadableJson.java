package dev.artemis.web;

import dev.artemis.shared.Problem;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** JSON that does not say what it should, as a problem that its writer understands. */
public final class UnreadableJson {

    private UnreadableJson() {}

    /** What is wrong with it, naming the field. */
    public static Problem problem(JacksonException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown -> Problem.invalidRequest(path(unknown), "is not known here");
            case ValueInstantiationException refused -> Problem.notAllowed(path(refused), reason(refused));
            case InvalidFormatException format -> Problem.invalidRequest(path(format), "has the wrong form");
            case DatabindException other -> Problem.invalidRequest(path(other), "has the wrong type");
            default -> Problem.invalidRequest("body", "is not JSON");
        };
    }

    /** A value's own constructor says what it allows; only our own messages are repeated. */
    private static String reason(ValueInstantiationException e) {
        return e.getCause() instanceof IllegalArgumentException cause && isOurs(cause)
                ? String.valueOf(cause.getMessage())
                : "is not allowed";
    }

    /** An enum's own "No enum constant …" names a class of ours, and is the platform's message. */
    private static boolean isOurs(IllegalArgumentException e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith("dev.artemis.");
    }

    private static String path(DatabindException e) {
        var path = new StringBuilder();
        for (var step : e.getPath()) {
            if (step.getPropertyName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            } else {
                path.append('[').append(step.getIndex()).append(']');
            }
        }
        return path.isEmpty() ? "body" : path.toString();
    }
}
