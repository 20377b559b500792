package dev.artemis.ui.projects;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

class ReachedAtTest {

    @ParameterizedTest
    @CsvSource({
        "https://artemis.example.org, https://artemis.example.org",
        "https://artemis.example.org/, https://artemis.example.org",
        "https://tools.example.org/artemis/, https://tools.example.org/artemis",
        "http://localhost:8080, ''"
    })
    void aPublicAddressIsToldAsItWasConfiguredAndNoneIsAskedOfTheRequest(String configured, String told) {
        var environment = new MockEnvironment().withProperty("artemis.pages.public-url", configured);

        assertThat(new ReachedAt(environment).address()).isEqualTo(told);
    }
}
