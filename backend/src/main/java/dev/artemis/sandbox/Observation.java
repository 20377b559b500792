package dev.artemis.sandbox;

import java.time.Instant;

/** What a sandbox saw of a run. Finished, Failed and Lost are last; nothing follows them. */
public sealed interface Observation {

    /** The sandbox has taken the run and will start it. */
    record Accepted() implements Observation {}

    /** The program itself was started at that time (the executor's clock). */
    record Started(Instant at) implements Observation {}

    /**
     * Bytes that the program printed, unchanged.
     *
     * @param offset position of the first byte within everything printed to that channel; a jump shows what was dropped
     */
    record Output(Channel channel, long offset, byte[] bytes) implements Observation {}

    /** The program ended, by itself or by us; authenticated by the runner's final record. */
    record Finished(Result result) implements Observation {}

    /**
     * The program was not started.
     *
     * @param detail the sandbox's own words, for operators alone: they may name what is no team's business
     * @param ofTheRun what whoever submitted it should know beyond the failure, such as how much it asks for; empty: nothing
     */
    record Failed(Failure failure, String detail, String ofTheRun) implements Observation {

        public Failed(Failure failure, String detail) {
            this(failure, detail, "");
        }

        /** Of something that is wrong with the run itself: its team may know every word. */
        public static Failed ofTheRun(Failure failure, String detail) {
            return new Failed(failure, detail, detail);
        }
    }

    /** The program may have been started, but its end is unknown. Not the program's fault. {@code detail} is for operators alone. */
    record Lost(Loss loss, String detail) implements Observation {}
}
