package dev.artemis.sandbox;

import dev.artemis.shared.Language;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What to run. Refused with an {@link IllegalArgumentException} that names the field: code, files, stdin or env that are too large,
 * a file that has the code's name or another's, or stands where another needs a folder, a bad environment name, files that
 * the limits leave no room for.
 *
 * @param code in UTF-8 at most {@value #MAX_CODE_BYTES} bytes, without NUL
 * @param files beside the code, at most {@value #MAX_FILES}
 * @param stdin what the program reads; empty is end of file
 * @param env beside PATH, HOME, LANG and the language's own, which it may override
 */
public record SandboxSpec(
        Language language, String code, List<SandboxFile> files, byte[] stdin, Map<String, String> env, Limits limits) {

    public static final int MAX_CODE_BYTES = 1024 * 1024;
    public static final int MAX_FILES = 256;
    public static final int MAX_ENV = 128;

    /** Code, files, stdin and environment together. */
    public static final int MAX_INPUT_BYTES = 8 * 1024 * 1024;

    private static final long PAGE_BYTES = 4_096;

    /** The work folder itself, the code, the folder for temporary files, and one to spare. */
    private static final int OWN_ENTRIES = 4;

    private static final int MAX_ENV_VALUE_BYTES = 32 * 1024;
    private static final Pattern ENV_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    public SandboxSpec {
        files = List.copyOf(files);
        env = Map.copyOf(env);
        Map<String, Long> bytes = Map.of(
                "code", checkedCode(code),
                "files", checkedFiles(language, files),
                "stdin", (long) stdin.length,
                "env", checkedEnv(env));
        long total = bytes.values().stream().mapToLong(Long::longValue).sum();
        if (total > MAX_INPUT_BYTES) {
            String largest = Collections.max(bytes.entrySet(), Map.Entry.comparingByValue())
                    .getKey();
            throw new IllegalArgumentException(largest
                    + " is the largest part of an input that must not have more than " + MAX_INPUT_BYTES + " bytes: "
                    + total);
        }
        checkRoom(code, files, limits);
    }

    /** Only code, with the default limits. */
    public static SandboxSpec of(Language language, String code) {
        return new SandboxSpec(language, code, List.of(), new byte[0], Map.of(), Limits.DEFAULTS);
    }

    public SandboxSpec withLimits(Limits other) {
        return new SandboxSpec(language, code, files, stdin, env, other);
    }

    private static long checkedCode(String code) {
        long bytes = code.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_CODE_BYTES) {
            throw new IllegalArgumentException("code must not have more than " + MAX_CODE_BYTES + " bytes: " + bytes);
        }
        if (code.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("code must not contain NUL");
        }
        return bytes;
    }

    private static long checkedFiles(Language language, List<SandboxFile> files) {
        if (files.size() > MAX_FILES) {
            throw new IllegalArgumentException("files must not be more than " + MAX_FILES + ": " + files.size());
        }
        Set<String> names = new HashSet<>();
        names.add(language.fileName());
        for (SandboxFile file : files) {
            if (!names.add(file.path())) {
                throw new IllegalArgumentException("files must have different paths: " + file.path());
            }
        }
        long total = 0;
        for (SandboxFile file : files) {
            total += file.content().length;
            for (int slash = file.path().indexOf('/');
                    slash >= 0;
                    slash = file.path().indexOf('/', slash + 1)) {
                if (names.contains(file.path().substring(0, slash))) {
                    throw new IllegalArgumentException("files: a folder has the name of a file: " + file.path());
                }
            }
        }
        return total;
    }

    /** What is there before the program starts must fit in what it may have. */
    private static void checkRoom(String code, List<SandboxFile> files, Limits limits) {
        long disk = onDisk(code.getBytes(StandardCharsets.UTF_8).length);
        Set<String> entries = new HashSet<>();
        for (SandboxFile file : files) {
            if (file.content().length > limits.fileSizeBytes()) {
                throw new IllegalArgumentException("files must not be larger than the limit of one file, "
                        + limits.fileSizeBytes() + " bytes: " + file.path());
            }
            disk += onDisk(file.content().length);
            entries.add(file.path());
            for (int slash = file.path().indexOf('/');
                    slash >= 0;
                    slash = file.path().indexOf('/', slash + 1)) {
                entries.add(file.path().substring(0, slash));
            }
        }
        if (disk > limits.diskBytes()) {
            throw new IllegalArgumentException("files and code must not need more than the limit of the disk, "
                    + limits.diskBytes() + " bytes: " + disk);
        }
        if (entries.size() + OWN_ENTRIES > limits.inodes()) {
            throw new IllegalArgumentException("files and their folders must not be more than the limit of the disk has"
                    + " room for, " + limits.inodes() + ": " + (entries.size() + OWN_ENTRIES));
        }
    }

    /** In whole pages. */
    private static long onDisk(long bytes) {
        return (bytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    }

    private static long checkedEnv(Map<String, String> env) {
        if (env.size() > MAX_ENV) {
            throw new IllegalArgumentException("env must not have more than " + MAX_ENV + " entries: " + env.size());
        }
        long total = 0;
        for (Map.Entry<String, String> entry : env.entrySet()) {
            int bytes = entry.getValue().getBytes(StandardCharsets.UTF_8).length;
            if (!ENV_NAME.matcher(entry.getKey()).matches()) {
                throw new IllegalArgumentException("env names must be letters, digits and _: " + entry.getKey());
            }
            if (entry.getKey().startsWith("ARTEMIS_")) {
                throw new IllegalArgumentException("env names must not begin with ARTEMIS_: " + entry.getKey());
            }
            if (bytes > MAX_ENV_VALUE_BYTES || entry.getValue().indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "env values must have at most 32768 bytes and no NUL: " + entry.getKey());
            }
            total += bytes + entry.getKey().length();
        }
        return total;
    }
}
