package dev.artemis.scanning.python;

/** The text is not Python, or is nested deeper than Python itself allows. */
final class SyntaxFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int at;

    SyntaxFault(String message, int at) {
        super(message, null, false, false);
        this.at = at;
    }

    /** Offset in the source. */
    int at() {
        return at;
    }
}
