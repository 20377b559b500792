package dev.artemis.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.sandbox.runner.RunnerBinary;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    void aFolderOrLinkThatIsThereAlreadyIsRefused() throws IOException {
        Path planted = Files.createDirectories(parent.resolve("planted").resolve("etc"));
        Files.writeString(planted.resolve("artemis-runner"), "#!/bin/sh\n");
        Files.createSymbolicLink(parent.resolve("link"), parent.resolve("planted"));
        Files.createSymbolicLink(parent.resolve("dangling"), parent.resolve("nowhere"));

        for (String name : List.of("planted", "link", "dangling")) {
            assertThatThrownBy(() -> PrivateFolder.create(parent, name))
                    .as(name)
                    .isInstanceOf(FileAlreadyExistsException.class);
        }
        assertThat(planted.resolve("artemis-runner")).hasContent("#!/bin/sh\n");
        assertThat(parent.resolve("nowhere")).doesNotExist();
    }

    @Test
    void itsNameCannotBeGuessed() throws IOException {
        String one = name(PrivateFolder.create(parent));
        String other = name(PrivateFolder.create(parent));

        assertThat(one).hasSizeGreaterThan(24).isNotEqualTo(other);
        assertThat(ServerProcess.owning(one)).contains(ServerProcess.current());
    }

    @Test
    void whatWasPutInItsPlaceMeanwhileIsNotUsed() throws IOException {
        PrivateFolder folder = PrivateFolder.create(parent);
        Path path = parent.resolve(name(folder));
        folder.close();
        Files.createSymbolicLink(path, Files.createDirectory(parent.resolve("elsewhere")));

        assertThatThrownBy(folder::mend).isInstanceOf(IOException.class).hasMessageContaining("replaced");
        assertThat(parent.resolve("elsewhere")).isEmptyDirectory();
    }

    @Test
    void aRunnerThatIsNotOursIsReplaced() throws IOException {
        PrivateFolder folder = PrivateFolder.create(parent);
        Path victim = Files.writeString(parent.resolve("victim"), "kept");
        Files.delete(folder.runner());
        Files.createSymbolicLink(folder.runner(), victim);
        Files.delete(folder.etc("passwd"));

        folder.mend();

        assertThat(folder.runner()).isRegularFile().hasBinaryContent(RunnerBinary.bytes());
        assertThat(Files.isSymbolicLink(folder.runner())).isFalse();
        assertThat(victim).hasContent("kept");
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

    private static String name(PrivateFolder folder) {
        Path etc = folder.etc();
        return etc.getName(etc.getNameCount() - 2).toString();
    }
}
