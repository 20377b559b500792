package dev.artemis.secrets;

/** What was sealed does not open: it was altered or moved, or its master key is not here. */
public final class BrokenSeal extends RuntimeException {

    private static final long serialVersionUID = 1;

    BrokenSeal() {
        super("a sealed secret does not open");
    }
}
