package dev.artemis.sandbox.runner;

import dev.artemis.sandbox.Captured;
import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.KillReason;
import dev.artemis.sandbox.Result;
import dev.artemis.sandbox.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a runner says at its end (docs/protocol.md), read from its line or from a termination message.
 *
 * @param sequence of the line that carries it
 * @param hashes SHA-256 of the kept bytes, in hex
 */
public record FinalRecord(String run, long sequence, Result result, Map<Channel, String> hashes) {

    private static final int MAX_LENGTH = 1_200;

    private static final List<String> NAMES = List.of(
            "v",
            "run",
            "seq",
            "ending",
            "code",
            "signal",
            "reason",
            "wall_us",
            "cpu_us",
            "memory_bytes",
            "started_ms",
            "ended_ms",
            "oom_kills",
            "leftovers",
            "disk_bytes",
            "inodes",
            "file_bytes",
            "tasks",
            "cpu_by",
            "memory_by",
            "out_total",
            "out_kept",
            "out_head",
            "out_sha256",
            "err_total",
            "err_kept",
            "err_head",
            "err_sha256");

    /**
     * What runners of before did not say yet: one of them may still be at work when a server is replaced. What runners to come say besides
     * is passed over, since a server of now may take over their run.
     */
    private static final List<Set<String>> NOT_YET = List.of(
            Set.of(),
            Set.of("inodes"),
            Set.of("inodes", "file_bytes"),
            Set.of("inodes", "file_bytes", "disk_bytes", "tasks"));

    public FinalRecord {
        hashes = Map.copyOf(hashes);
    }

    /**
     * Reads a termination message, {@code MAC RECORD}: the way to a result when a log is lost. Empty when it is not authentic, or of another
     * run.
     */
    public static Optional<FinalRecord> authentic(String message, String run, Nonce nonce) {
        String trimmed = message.endsWith("\n") ? message.substring(0, message.length() - 1) : message;
        if (trimmed.length() < 66 || trimmed.charAt(64) != ' ') {
            return Optional.empty();
        }
        try {
            String text = trimmed.substring(65);
            byte[] mac = HexFormat.of().parseHex(trimmed.substring(0, 64));
            if (!nonce.signed(mac, text.getBytes(StandardCharsets.UTF_8))) {
                return Optional.empty();
            }
            return Optional.of(parse(text)).filter(record -> record.run().equals(run));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static FinalRecord parse(String text) {
        Map<String, String> values = split(text);
        if (!value(values, "v").equals("1")) {
            throw new IllegalArgumentException("a final record of another version");
        }
        Usage usage = new Usage(
                micros(values, "wall_us"),
                micros(values, "cpu_us"),
                Numbers.parse(value(values, "memory_bytes")),
                looked(values, "disk_bytes"),
                looked(values, "inodes"),
                looked(values, "file_bytes"),
                looked(values, "tasks"),
                value(values, "memory_by").equals("cgroup") ? Numbers.parse(value(values, "oom_kills")) : null);
        Result result = new Result(
                ending(values),
                usage,
                captured(values, "out"),
                captured(values, "err"),
                time(values, "started_ms"),
                time(values, "ended_ms"));
        return new FinalRecord(
                value(values, "run"),
                Numbers.parse(value(values, "seq")),
                result,
                Map.of(
                        Channel.STDOUT, value(values, "out_sha256"),
                        Channel.STDERR, value(values, "err_sha256")));
    }

    boolean delivered(Channel channel, String hash) {
        return hash.equals(hashes.get(channel));
    }

    private static Map<String, String> split(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a final record that is too long");
        }
        String[] words = text.split(" ", -1);
        Map<String, String> values = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1 || values.put(word.substring(0, equals), word.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("a final record with a bad or repeated field");
            }
        }
        List<String> names = values.keySet().stream().filter(NAMES::contains).toList();
        if (NOT_YET.stream()
                .noneMatch(unsaid -> names.equals(
                        NAMES.stream().filter(name -> !unsaid.contains(name)).toList()))) {
            throw new IllegalArgumentException("a final record with other fields");
        }
        return values;
    }

    private static String value(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("a final record without " + name);
        }
        return value;
    }

    private static @Nullable Long looked(Map<String, String> values, String name) {
        String value = values.getOrDefault(name, "-");
        return value.equals("-") ? null : Numbers.parse(value);
    }

    private static Ending ending(Map<String, String> values) {
        return switch (value(values, "ending")) {
            case "exited" -> new Ending.Exited(Math.toIntExact(Numbers.parse(value(values, "code"))));
            case "signalled" -> new Ending.Signalled(Math.toIntExact(Numbers.parse(value(values, "signal"))));
            case "killed" -> new Ending.Killed(KillReason.valueOf(value(values, "reason")));
            default -> throw new IllegalArgumentException("an unknown ending");
        };
    }

    private static Captured captured(Map<String, String> values, String channel) {
        return new Captured(
                Numbers.parse(value(values, channel + "_total")),
                Numbers.parse(value(values, channel + "_kept")),
                Numbers.parse(value(values, channel + "_head")));
    }

    private static Duration micros(Map<String, String> values, String name) {
        return Duration.of(Numbers.parse(value(values, name)), ChronoUnit.MICROS);
    }

    private static Instant time(Map<String, String> values, String name) {
        return Instant.ofEpochMilli(Numbers.parse(value(values, name)));
    }
}
