package dev.artemis.scanning.python;

/** The text is not Python, or is nested deeper than Python itself allows. */
final class SyntaxFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String reason;
    private final int at;

    SyntaxFault(String message, int at) {
        super(message, null, false, false);
        this.reason = message;
        this.at = at;
    }

    /** A few words, small at their beginning. */
    String reason() {
        return reason;
    }

    /** Offset in the source. */
    int at() {
        return at;
    }
}
