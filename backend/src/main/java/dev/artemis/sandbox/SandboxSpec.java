package dev.artemis.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What to run. Refused with an {@link IllegalArgumentException} that names the field: code, files, stdin or env that are too large,
 * a file that has the code's name or another's, or stands where another needs a folder, a bad environment name.
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

    private static final int MAX_ENV_VALUE_BYTES = 32 * 1024;
    private static final Pattern ENV_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    public SandboxSpec {
        files = List.copyOf(files);
        env = Map.copyOf(env);
        long total = checkedCode(code) + checkedFiles(language, files) + stdin.length + checkedEnv(env);
        if (total > MAX_INPUT_BYTES) {
            throw new IllegalArgumentException(
                    "code, files, stdin and env together must not have more than " + MAX_INPUT_BYTES + " bytes");
        }
    }

    /** Only code, with the default limits. */
    public static SandboxSpec of(Language language, String code) {
        return new SandboxSpec(language, code, List.of(), new byte[0], Map.of(), Limits.DEFAULTS);
    }

    public SandboxSpec withLimits(Limits other) {
        return new SandboxSpec(language, code, files, stdin, env, other);
    }

    private static long checkedCode(String code) {
        int bytes = code.getBytes(StandardCharsets.UTF_8).length;
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
