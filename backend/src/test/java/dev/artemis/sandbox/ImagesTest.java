package dev.artemis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.shared.Language;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImagesTest {

    @Test
    void isEachLanguagesOwnWhereNoneIsSet() {
        var images = new Images(" ", Map.of("python", ""));

        for (Language language : Language.all()) {
            assertThat(images.of(language)).isEqualTo(language.image());
        }
    }

    @Test
    void isTheOneOfAllWhereNoneIsSetForTheLanguage() {
        var images = new Images("all:1", Map.of("python", " python:1 ", "shell", ""));

        assertThat(images.of(Language.PYTHON)).isEqualTo("python:1");
        assertThat(images.of(Language.SHELL)).isEqualTo("all:1");
        assertThat(images.needed())
                .isEqualTo(Map.of("python:1", List.of(Language.PYTHON), "all:1", List.of(Language.SHELL)));
    }

    @Test
    void languagesOfOneImageShareIt() {
        assertThat(new Images("all:1", Map.of()).needed()).isEqualTo(Map.of("all:1", Language.all()));
    }

    @Test
    void refusesAnImageOfNoLanguage() {
        assertThatThrownBy(() -> new Images("", Map.of("cobol", "cobol:1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cobol");
    }
}
