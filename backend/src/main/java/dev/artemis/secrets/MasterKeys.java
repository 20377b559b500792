package dev.artemis.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The key that wraps, and those that open. */
final class MasterKeys {

    static final String FILE = "master.key";

    private final MasterKey current;
    private final Map<String, MasterKey> all = new LinkedHashMap<>();

    private MasterKeys(MasterKey current) {
        this.current = current;
        all.put(current.id(), current);
    }

    /**
     * Those that the settings name; makes one in the home folder where they name none.
     *
     * @throws IllegalArgumentException one is malformed
     * @throws UncheckedIOException its file cannot be read, or made
     */
    static MasterKeys of(SecretsSettings settings) {
        try {
            MasterKey current = named(settings).orElse(null);
            MasterKeys keys = new MasterKeys(current == null ? kept(Path.of(settings.home())) : current);
            Arrays.stream(settings.otherMasterKeys().split(",", -1))
                    .filter(text -> !text.isBlank())
                    .map(MasterKey::parse)
                    .forEach(other -> keys.all.put(other.id(), other));
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one that the settings name; empty where they name none. */
    static Optional<MasterKey> named(SecretsSettings settings) throws IOException {
        if (!settings.masterKey().isBlank()) {
            return Optional.of(MasterKey.parse(settings.masterKey()));
        }
        return settings.masterKeyFile().isBlank()
                ? Optional.empty()
                : Optional.of(MasterKey.parse(Files.readString(Path.of(settings.masterKeyFile()))));
    }

    MasterKey current() {
        return current;
    }

    Optional<MasterKey> byId(String id) {
        return Optional.ofNullable(all.get(id));
    }

    /** Whole or not at all: it is written beside and moved, and the first of two that start at once wins. */
    private static MasterKey kept(Path home) throws IOException {
        Path file = home.resolve(FILE);
        if (!Files.exists(file)) {
            Files.createDirectories(home);
            Path beside = Files.createTempFile(
                    home,
                    FILE,
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.writeString(beside, MasterKey.random().text() + "\n");
                Files.createLink(file, beside);
            } catch (FileAlreadyExistsException another) {
                return MasterKey.parse(Files.readString(file));
            } catch (UnsupportedOperationException noLinks) {
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
        }
        return MasterKey.parse(Files.readString(file));
    }
}
