package dev.artemis.sandbox.runner;

import dev.artemis.sandbox.Channel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Reads one run's lines in order and strictly. Lines that were read before (a log that is followed again) are without effect; lines that are missing
 * make the delivery incomplete. Not safe for several threads.
 */
public final class RunnerStream {

    private static final int MAX_PIECE_BYTES = 5_400;

    private final String run;
    private final Nonce nonce;
    private final Map<Channel, Received> received = new EnumMap<>(Channel.class);
    private long next;
    private boolean gap;
    private boolean ended;

    /** @param run the name that the job had ({@link dev.artemis.sandbox.RunRef#name()}) */
    public RunnerStream(String run, Nonce nonce) {
        this.run = run;
        this.nonce = nonce;
        for (Channel channel : Channel.values()) {
            received.put(channel, new Received());
        }
    }

    /** Understands the next line, without its end. */
    public RunnerLine read(String line) {
        if (ended) {
            return new RunnerLine.Forged("a line after the end");
        }
        try {
            return understand(line);
        } catch (IllegalArgumentException | DateTimeException e) {
            return new RunnerLine.Forged(String.valueOf(e.getMessage()));
        }
    }

    private RunnerLine understand(String line) {
        String[] words = line.split(" ", 3);
        if (words.length < 3) {
            throw new IllegalArgumentException("too few words");
        }
        long sequence = Numbers.parse(words[0]);
        if (sequence < next) {
            return new RunnerLine.Repeated();
        }
        gap |= sequence > next;
        next = sequence + 1;
        return switch (words[1]) {
            case "start" -> started(words[2]);
            case "out" -> output(Channel.STDOUT, words[2]);
            case "err" -> output(Channel.STDERR, words[2]);
            case "end" -> end(sequence, words[2]);
            case "refused" -> refused(sequence, words[2]);
            default -> throw new IllegalArgumentException("unknown kind of line");
        };
    }

    private RunnerLine started(String rest) {
        String[] words = rest.split(" ", -1);
        if (words.length != 2 || !words[0].equals(run)) {
            throw new IllegalArgumentException("the start of another run");
        }
        return new RunnerLine.Started(Instant.ofEpochMilli(Numbers.parse(words[1])));
    }

    private RunnerLine output(Channel channel, String rest) {
        String[] words = rest.split(" ", -1);
        if (words.length != 2) {
            throw new IllegalArgumentException("output has an offset and bytes");
        }
        long offset = Numbers.parse(words[0]);
        byte[] bytes = Base64.getDecoder().decode(words[1]);
        if (bytes.length == 0 || bytes.length > MAX_PIECE_BYTES) {
            throw new IllegalArgumentException("a piece of output has 1 to 5400 bytes");
        }
        received.getOrDefault(channel, new Received()).take(offset, bytes);
        return new RunnerLine.Output(channel, offset, bytes);
    }

    private RunnerLine end(long sequence, String rest) {
        int space = rest.indexOf(' ');
        if (space != 64) {
            throw new IllegalArgumentException("the final record has no signature");
        }
        String text = rest.substring(space + 1);
        if (!nonce.signed(
                HexFormat.of().parseHex(rest.substring(0, space)), text.getBytes(StandardCharsets.US_ASCII))) {
            throw new IllegalArgumentException("the final record was not signed by this run's runner");
        }
        FinalRecord record = FinalRecord.parse(text);
        if (!record.run().equals(run) || record.sequence() != sequence) {
            throw new IllegalArgumentException("the final record of another run or line");
        }
        ended = true;
        boolean complete = !gap
                && record.delivered(Channel.STDOUT, hash(Channel.STDOUT))
                && record.delivered(Channel.STDERR, hash(Channel.STDERR));
        return new RunnerLine.Ended(
                record.result(), complete ? RunnerLine.Delivery.COMPLETE : RunnerLine.Delivery.INCOMPLETE);
    }

    private RunnerLine refused(long sequence, String reason) {
        if (sequence != 0) {
            throw new IllegalArgumentException("refused after it was started");
        }
        ended = true;
        return new RunnerLine.Refused(reason);
    }

    private String hash(Channel channel) {
        return received.getOrDefault(channel, new Received()).hash();
    }

    /** What came of one channel. */
    private static final class Received {

        private final MessageDigest digest = sha256();
        private long end;

        void take(long offset, byte[] bytes) {
            if (offset < end) {
                throw new IllegalArgumentException("output goes back");
            }
            end = Math.addExact(offset, bytes.length);
            digest.update(bytes);
        }

        String hash() {
            return HexFormat.of().formatHex(digest.digest());
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }
}
