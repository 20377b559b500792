package dev.artemis.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFolderTest {

    @TempDir
    private Path parent = Path.of("");

    @Test
    void makesAgainWhatACleanerTook() throws IOException {
        PrivateFolder folder = PrivateFolder.create(parent);
        Path runner = folder.runner();
        Files.delete(folder.etc("passwd"));
        folder.mend();
        assertThat(folder.etc("passwd")).content().contains("sandbox:x:1000");

        folder.close();
        assertThat(parent).isEmptyDirectory();

        folder.mend();
        assertThat(runner).isExecutable();
    }

    @Test
    void sweepsWhatDeadServersLeftAndNothingElse() throws IOException {
        Path dead = Files.createDirectory(parent.resolve(ServerProcess.PREFIX + "4194304.1.1"));
        Files.createFile(dead.resolve("artemis-runner"));
        Path other = Files.createDirectory(parent.resolve(ServerProcess.PREFIX + "other"));
        PrivateFolder living = PrivateFolder.create(parent);

        PrivateFolder another = PrivateFolder.create(parent);

        assertThat(dead).doesNotExist();
        assertThat(other).exists();
        assertThat(living.runner()).exists();
        assertThat(another.runner()).exists();
    }
}
