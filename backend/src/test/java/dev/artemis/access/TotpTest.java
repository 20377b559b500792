package dev.artemis.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

    /** RFC 6238, appendix B: the secret is "12345678901234567890", and we show the last six of its eight digits. */
    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    @ParameterizedTest
    @CsvSource({"59,287082", "1111111109,081804", "1111111111,050471", "1234567890,005924", "2000000000,279037"})
    void agreesWithTheStandardsOwnExamples(long second, String code) {
        assertThat(Totp.codeAt(SECRET, Instant.ofEpochSecond(second))).isEqualTo(code);
    }

    @Test
    void forgivesOneStepAndNoMore() {
        Instant now = Instant.parse("2026-11-25T10:00:00Z");
        String code = Totp.codeAt(SECRET, now);

        assertThat(Totp.stepOf(SECRET, code, now.plusSeconds(30))).isPresent();
        assertThat(Totp.stepOf(SECRET, code, now.minusSeconds(30))).isPresent();
        assertThat(Totp.stepOf(SECRET, code, now.plusSeconds(60))).isEmpty();
        assertThat(Totp.stepOf(SECRET, "", now)).isEmpty();
    }

    @Test
    void secretsDifferAndCanBeReadBack() {
        String secret = Totp.newSecret();

        assertThat(secret).matches("[A-Z2-7]{32}").isNotEqualTo(Totp.newSecret());
        assertThat(Totp.codeAt(secret, Instant.EPOCH)).matches("[0-9]{6}");
    }
}
