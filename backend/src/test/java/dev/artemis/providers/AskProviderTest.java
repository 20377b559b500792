package dev.artemis.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AskProviderTest {

    @ParameterizedTest
    @MethodSource("answers")
    void tellsFourThingsApart(int status, String body, KeyStatus expected) {
        assertThat(AskProvider.read(status, body).status()).isEqualTo(expected);
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(200, "{\"data\":[]}", KeyStatus.ACCEPTED),
                Arguments.of(
                        401,
                        "{\"error\":{\"message\":\"Incorrect API key provided: sk-abc\",\"code\":\"invalid_api_key\"}}",
                        KeyStatus.REJECTED),
                Arguments.of(403, "{}", KeyStatus.REJECTED),
                Arguments.of(400, "{\"error\":{\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}", KeyStatus.REJECTED),
                Arguments.of(
                        429,
                        "{\"error\":{\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}",
                        KeyStatus.NO_QUOTA),
                Arguments.of(
                        400,
                        "{\"error\":{\"message\":\"Your credit balance is too low to access the API.\"}}",
                        KeyStatus.NO_QUOTA),
                Arguments.of(429, "{\"error\":{\"status\":\"RESOURCE_EXHAUSTED\"}}", KeyStatus.NO_QUOTA),
                Arguments.of(402, "", KeyStatus.NO_QUOTA),
                Arguments.of(429, "{\"error\":\"slow down\"}", KeyStatus.UNREACHABLE),
                Arguments.of(302, "", KeyStatus.UNREACHABLE),
                Arguments.of(503, "billing is down", KeyStatus.UNREACHABLE));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            openai,            sk-proj-abcdefghijklmnopqrstuvwxyz_0123,    true
            openai,            sk-ant-abcdefghijklmnopqrstuvwxyz0123456789, false
            openai,            sk-short,                                    false
            anthropic,         sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123, true
            anthropic,         sk-abcdefghijklmnopqrstuvwxyz0123456789,     false
            google,            AIzaSyA0123456789abcdefghijklmnopqrstuv,     true
            google,            AIzaShort,                                   false
            azure-openai,      0123456789abcdef0123456789abcdef,            true
            azure-openai,      0123456789abcdef,                            false
            mistral,           abcdefghijklmnopqrstuvwxyzABCDEF,            true
            mistral,           sk-abcdefghijklmnopqrstuvwxyzABC,            false
            openai-compatible, anything,                                    true
            openai-compatible, sh0,                                         false
            openai-compatible, with space,                                  false
            """)
    void knowsWhatAKeyLooksLike(String provider, String secret, boolean good) {
        assertThat(Provider.of(provider).accepts(secret)).isEqualTo(good);
    }

    @Test
    void asksWhereEachProviderListsItsModels() {
        assertThat(Provider.OPENAI_COMPATIBLE.models(URI.create("https://llm.example/v1/")))
                .hasToString("https://llm.example/v1/models");
        assertThat(Provider.AZURE_OPENAI
                        .models(URI.create("https://me.openai.azure.com"))
                        .toString())
                .startsWith("https://me.openai.azure.com/openai/models?api-version=");
    }
}
