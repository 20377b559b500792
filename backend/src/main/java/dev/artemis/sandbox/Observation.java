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

    /** The program was not started. {@code detail} is for operators, not for tenants. */
    record Failed(Failure failure, String detail) implements Observation {}

    /** The program may have been started, but its end is unknown. Not the program's fault. */
    record Lost(Loss loss, String detail) implements Observation {}
}
