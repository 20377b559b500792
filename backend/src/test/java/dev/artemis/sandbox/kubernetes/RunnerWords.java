package dev.artemis.sandbox.kubernetes;

import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.runner.Nonce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;

/** What the runner of a run says that prints one text and ends with 0 (docs/protocol.md). */
record RunnerWords(RunRef run, Nonce nonce, String text) {

    private static final int END = 2;

    /** With the nonce that the run's Job carries. */
    static RunnerWords of(AnsweringCluster cluster, RunRef run, String text) {
        return new RunnerWords(run, RunTerms.of(cluster.job(run)).orElseThrow().nonce(), text);
    }

    /** All its lines. */
    String log() {
        return begun() + END + " end " + signed() + "\n";
    }

    /** Those before the last. */
    String begun() {
        return "0 start %s 1700000000000\n1 out 0 %s\n"
                .formatted(run.name(), Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII)));
    }

    /** What is left in the termination file. */
    String signed() {
        return HexFormat.of().formatHex(nonce.sign(record().getBytes(StandardCharsets.US_ASCII))) + " " + record();
    }

    private String record() {
        int size = text.length();
        return ("v=1 run=%s seq=%d ending=exited code=0 signal=0 reason=- wall_us=1000 cpu_us=1000 memory_bytes=1000 "
                        + "started_ms=1700000000000 ended_ms=1700000000001 oom_kills=0 leftovers=0 cpu_by=proc memory_by=proc "
                        + "out_total=%d out_kept=%d out_head=%d out_sha256=%s err_total=0 err_kept=0 err_head=0 err_sha256=%s")
                .formatted(run.name(), END, size, size, size, hash(text), hash(""));
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
