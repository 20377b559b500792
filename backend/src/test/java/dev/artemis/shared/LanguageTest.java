package dev.artemis.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LanguageTest {

    private static final Path IMAGE = Path.of("../k8s/images/sandbox");

    static List<Language> languages() {
        return Language.all();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void hasACommandThatRunsItsFileAndIsKnownByItsMarks(Language language) {
        assertThat(language.command()).hasSizeGreaterThanOrEqualTo(2).last().isEqualTo(language.fileName());
        assertThat(Path.of(language.command().getFirst())).isAbsolute();
        assertThat(language.marks().named(language.fileName())).isTrue();
        assertThat(Language.all())
                .filteredOn(other -> other.marks().named(language.fileName()))
                .containsExactly(language);
        assertThat(Language.named(language.id())).contains(language);
        assertThat(language.image()).isNotBlank();
    }

    @Test
    void noTwoHaveTheSameId() {
        assertThat(Language.all()).extracting(Language::id).doesNotHaveDuplicates();
    }

    /** Docker and Kubernetes tell a missing command when they begin; here no image need be made for it. */
    @Test
    void bothWaysToMakeTheImageBringWhatEachNeedsAndNoMore() throws IOException {
        String[] packages = Language.all().stream().map(Language::debianPackage).toArray(String[]::new);

        String recipe = Files.readString(IMAGE.resolve("Dockerfile"));
        String install = recipe.lines()
                .filter(line -> line.contains("apt-get install"))
                .findFirst()
                .orElseThrow();
        assertThat(Arrays.stream(install.substring(install.indexOf("--no-install-recommends"))
                                .split(" "))
                        .skip(1)
                        .filter(word -> !word.equals("\\")))
                .containsExactlyInAnyOrder(packages);
        String build = Files.readAllLines(IMAGE.resolve("build")).stream()
                .filter(line -> line.startsWith("PACKAGES="))
                .findFirst()
                .orElseThrow();
        assertThat(build.substring("PACKAGES=".length()).split(",")).containsExactlyInAnyOrder(packages);
    }

    /** So that somebody who sets nothing has the images that are needed. */
    @Test
    void theLauncherMakesTheImageThatTheDefinitionsName() throws IOException {
        assertThat(Language.all())
                .allSatisfy(language -> assertThat(Files.readAllLines(Path.of("../artemis")))
                        .anyMatch(line -> line.startsWith("SANDBOX_IMAGE=" + language.image() + " ")));
    }

    @ParameterizedTest
    @CsvSource({
        "python3.13, python",
        "pypy3, python",
        "sh, shell",
        "bash, shell",
        "dash, shell",
        "zsh, shell",
        "ksh, shell",
        "ash, shell",
        "rbash, shell",
        "fish, ''",
        "tclsh, ''",
        "'', ''",
    })
    void isKnownByItsInterpreter(String program, String id) {
        assertThat(Language.all().stream()
                        .filter(language -> language.marks().runBy(program))
                        .map(Language::id))
                .containsExactlyElementsOf(id.isEmpty() ? List.of() : List.of(id));
    }
}
