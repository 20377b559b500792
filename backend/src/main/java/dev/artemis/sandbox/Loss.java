package dev.artemis.sandbox;

/** Why a run's end is unknown. */
public enum Loss {
    /** The machine, pod or server that held it is gone. */
    NODE_LOST("the machine that ran it was lost"),
    /** It ended without a final record. */
    RECORD_MISSING("it ended without a word on how"),
    /** It ended with a final record that its runner did not write. */
    RECORD_FORGED("what it said of its end was not its sandbox's word");

    private final String words;

    Loss(String words) {
        this.words = words;
    }

    /** The same for whoever submitted the run. */
    public String words() {
        return words;
    }
}
