package dev.artemis.sandbox;

import java.nio.charset.StandardCharsets;

/**
 * A file that a run finds in its work folder.
 *
 * @param path relative, parted by {@code /}, without empty, {@code .} or {@code ..} segments, NUL or control characters;
 *     not {@value #RESERVED} or within it, where a sandbox has its temporary files
 */
public record SandboxFile(String path, byte[] content) {

    /** The folder for temporary files in every work folder. */
    public static final String RESERVED = ".tmp";

    private static final int MAX_PATH_BYTES = 1_024;
    private static final int MAX_SEGMENT_BYTES = 255;
    private static final int MAX_DEPTH = 16;

    public SandboxFile {
        if (path.isEmpty() || path.getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
            throw new IllegalArgumentException("path must have 1 to 1024 bytes");
        }
        if (path.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("path must not contain control characters");
        }
        String[] segments = path.split("/", -1);
        if (segments[0].equals(RESERVED)) {
            throw new IllegalArgumentException("path must not be in " + RESERVED + ", the folder for temporary files");
        }
        if (segments.length > MAX_DEPTH) {
            throw new IllegalArgumentException("path must not be deeper than 16 folders");
        }
        for (String segment : segments) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("path must be relative, without empty, '.' or '..' segments");
            }
            if (segment.getBytes(StandardCharsets.UTF_8).length > MAX_SEGMENT_BYTES) {
                throw new IllegalArgumentException("a name within a path must not be longer than 255 bytes");
            }
        }
    }
}
