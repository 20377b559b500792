package dev.artemis.sandbox.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.KillReason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunnerStreamTest {

    private static final String RUN = "run-1-1";
    private static final String START = "0 start run-1-1 1700000000000";
    private static final String EMPTY_HASH = hash("");

    private final Nonce nonce = Nonce.random();
    private final RunnerStream stream = new RunnerStream(RUN, nonce);

    @Test
    void readsStartOutputAndEnd() throws Exception {
        assertThat(stream.read(START)).isEqualTo(new RunnerLine.Started(Instant.ofEpochMilli(1_700_000_000_000L)));
        assertThat(stream.read("1 out 0 " + base64("hello")))
                .isInstanceOfSatisfying(RunnerLine.Output.class, output -> {
                    assertThat(output.channel()).isEqualTo(Channel.STDOUT);
                    assertThat(output.offset()).isZero();
                    assertThat(output.bytes()).asString().isEqualTo("hello");
                });

        RunnerLine end = stream.read(signed(2, record(2, "ending=exited code=3 signal=0 reason=-", "hello")));

        assertThat(end).isInstanceOfSatisfying(RunnerLine.Ended.class, ended -> {
            assertThat(ended.delivery()).isEqualTo(RunnerLine.Delivery.COMPLETE);
            assertThat(ended.result().ending()).isEqualTo(new Ending.Exited(3));
            assertThat(ended.result().stdout().totalBytes()).isEqualTo(5);
            assertThat(ended.result().usage().cpuTime()).hasMillis(20);
        });
    }

    @Test
    void readsEveryEnding() {
        assertThat(ending("ending=signalled code=0 signal=11 reason=-")).isEqualTo(new Ending.Signalled(11));
        assertThat(new Ending.Signalled(11).name()).isEqualTo("SIGSEGV");
        assertThat(new Ending.Signalled(31).name()).isEqualTo("SIGSYS");
        assertThat(new Ending.Signalled(11).exitCode()).isEqualTo(139);
        for (KillReason reason : KillReason.values()) {
            assertThat(ending("ending=killed code=0 signal=9 reason=" + reason)).isEqualTo(new Ending.Killed(reason));
        }
    }

    @Test
    void refusesRecordSignedByAnother() {
        stream.read(START);

        RunnerLine end =
                stream.read("1 end " + mac(Nonce.random(), record(1, "ending=exited code=0 signal=0 reason=-", "")));

        assertThat(end).isInstanceOf(RunnerLine.Forged.class);
    }

    @Test
    void refusesRecordOfAnotherRunOrLine() {
        stream.read(START);
        String other = record(1, "ending=exited code=0 signal=0 reason=-", "").replace("run=run-1-1", "run=run-2-1");
        assertThat(stream.read(signed(1, other))).isInstanceOf(RunnerLine.Forged.class);

        String earlier = record(1, "ending=exited code=0 signal=0 reason=-", "");
        assertThat(stream.read(signed(2, earlier))).isInstanceOf(RunnerLine.Forged.class);
    }

    @Test
    void takesLinesThatWereReadBeforeForNothing() {
        stream.read(START);
        stream.read("1 out 0 " + base64("a"));

        assertThat(stream.read(START)).isEqualTo(new RunnerLine.Repeated());
        assertThat(stream.read("1 out 0 " + base64("a"))).isEqualTo(new RunnerLine.Repeated());
    }

    @Test
    void saysWhenLinesAreMissing() {
        stream.read(START);
        stream.read("2 out 5 " + base64("world"));

        RunnerLine end = stream.read(signed(3, record(3, "ending=exited code=0 signal=0 reason=-", "world")));

        assertThat(end)
                .isInstanceOfSatisfying(
                        RunnerLine.Ended.class,
                        ended -> assertThat(ended.delivery()).isEqualTo(RunnerLine.Delivery.INCOMPLETE));
    }

    @Test
    void saysWhenOutputIsNotWhatTheRunnerSent() {
        stream.read(START);
        stream.read("1 out 0 " + base64("other"));

        RunnerLine end = stream.read(signed(2, record(2, "ending=exited code=0 signal=0 reason=-", "hello")));

        assertThat(end)
                .isInstanceOfSatisfying(
                        RunnerLine.Ended.class,
                        ended -> assertThat(ended.delivery()).isEqualTo(RunnerLine.Delivery.INCOMPLETE));
    }

    @Test
    void refusesLinesAfterTheEnd() {
        stream.read(START);
        stream.read(signed(1, record(1, "ending=exited code=0 signal=0 reason=-", "")));

        assertThat(stream.read("2 out 0 " + base64("late"))).isInstanceOf(RunnerLine.Forged.class);
    }

    @Test
    void believesRefusalOnlyBeforeTheStart() {
        assertThat(stream.read("0 refused job: missing: run")).isEqualTo(new RunnerLine.Refused("job: missing: run"));

        RunnerStream another = new RunnerStream(RUN, nonce);
        another.read(START);
        assertThat(another.read("1 refused nothing")).isInstanceOf(RunnerLine.Forged.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "0 start",
                "0 start run-2-1 1",
                "00 start run-1-1 1",
                "-1 start run-1-1 1",
                "9999999999999999999 start run-1-1 1",
                "0 out 0 !!!!",
                "0 out 0 ",
                "0 out x YQ==",
                "0 out 0 YQ== YQ==",
                "0 what 0 YQ==",
                "0 end short v=1",
                "0 end zz00000000000000000000000000000000000000000000000000000000000000 v=1"
            })
    void refusesWhatNoRunnerWrites(String line) {
        assertThat(stream.read(line)).isInstanceOf(RunnerLine.Forged.class);
    }

    @Test
    void refusesOutputThatGoesBack() {
        stream.read("0 out 10 " + base64("abc"));

        assertThat(stream.read("1 out 12 " + base64("abc"))).isInstanceOf(RunnerLine.Forged.class);
    }

    @Test
    void readsTerminationMessage() {
        String record = record(7, "ending=exited code=0 signal=0 reason=-", "");

        Optional<FinalRecord> read = FinalRecord.authentic(mac(nonce, record) + "\n", RUN, nonce);

        assertThat(read).isPresent();
        assertThat(FinalRecord.authentic(mac(nonce, record), "run-2-1", nonce)).isEmpty();
        assertThat(FinalRecord.authentic(mac(Nonce.random(), record), RUN, nonce))
                .isEmpty();
        assertThat(FinalRecord.authentic("nonsense", RUN, nonce)).isEmpty();
    }

    @Test
    void tellsWhatWasSeenOfDiskAndProcesses() {
        String record = record(7, "ending=exited code=0 signal=0 reason=-", "");

        assertThat(FinalRecord.parse(record).result().usage().maxDiskBytes()).isEqualTo(4096);
        assertThat(FinalRecord.parse(record).result().usage().maxProcesses()).isNull();
        assertThat(FinalRecord.parse(record).result().usage().maxFileBytes()).isEqualTo(512);
        assertThat(FinalRecord.parse(record).result().usage().maxInodes()).isEqualTo(9);
        assertThat(FinalRecord.parse(record.replace("tasks=-", "tasks=3"))
                        .result()
                        .usage()
                        .maxProcesses())
                .isEqualTo(3);
        assertThat(FinalRecord.parse(record).result().usage().memoryKills())
                .as("where nobody counts")
                .isNull();
        assertThat(FinalRecord.parse(record.replace("oom_kills=0", "oom_kills=2")
                                .replace("memory_by=proc", "memory_by=cgroup"))
                        .result()
                        .usage()
                        .memoryKills())
                .isEqualTo(2);
    }

    /** As a server of now does that takes over a run of a newer one's worker. */
    @Test
    void readsTheRecordOfARunnerToCome() {
        String record = record(7, "ending=exited code=0 signal=0 reason=-", "").replace(" cpu_by=", " news=1 cpu_by=");

        assertThat(FinalRecord.parse(record).result().usage().maxInodes()).isEqualTo(9);
        assertThatThrownBy(() -> FinalRecord.parse(record.replace(" news=1", " news=1 news=2")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsTheRecordOfARunnerOfBefore() {
        String lately = record(7, "ending=exited code=0 signal=0 reason=-", "").replace(" inodes=9", "");
        String earlier = lately.replace(" file_bytes=512", "");
        String record = earlier.replace(" disk_bytes=4096 tasks=-", "");

        assertThat(FinalRecord.parse(lately).result().usage().maxInodes()).isNull();
        assertThat(FinalRecord.parse(lately).result().usage().maxFileBytes()).isEqualTo(512);
        assertThat(FinalRecord.parse(earlier).result().usage().maxFileBytes()).isNull();
        assertThat(FinalRecord.parse(earlier).result().usage().maxDiskBytes()).isEqualTo(4096);
        assertThat(FinalRecord.parse(record).result().usage().maxDiskBytes()).isNull();
        assertThatThrownBy(() -> FinalRecord.parse(record.replace(" cpu_by=proc", " tasks=3 cpu_by=proc")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Ending ending(String fields) {
        RunnerStream fresh = new RunnerStream(RUN, nonce);
        RunnerLine line = fresh.read(signed(0, record(0, fields, "")));
        return ((RunnerLine.Ended) line).result().ending();
    }

    private String signed(long sequence, String record) {
        return sequence + " end " + mac(nonce, record);
    }

    private static String mac(Nonce nonce, String record) {
        return HexFormat.of().formatHex(nonce.sign(record.getBytes(StandardCharsets.US_ASCII))) + " " + record;
    }

    private static String record(long sequence, String ending, String out) {
        return ("v=1 run=run-1-1 seq=%d %s wall_us=50000 cpu_us=20000 memory_bytes=1000000 started_ms=1000 ended_ms=1050"
                        + " oom_kills=0 leftovers=0 disk_bytes=4096 inodes=9 file_bytes=512 tasks=- cpu_by=proc memory_by=proc"
                        + " out_total=%d out_kept=%d out_head=%d out_sha256=%s"
                        + " err_total=0 err_kept=0 err_head=0 err_sha256=%s")
                .formatted(sequence, ending, out.length(), out.length(), out.length(), hash(out), EMPTY_HASH);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
