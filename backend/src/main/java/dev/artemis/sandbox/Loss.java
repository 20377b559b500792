package dev.artemis.sandbox;

/** Why a run's end is unknown. */
public enum Loss {
    /** The machine, pod or server that held it is gone. */
    NODE_LOST,
    /** It ended without a final record. */
    RECORD_MISSING,
    /** It ended with a final record that its runner did not write. */
    RECORD_FORGED
}
