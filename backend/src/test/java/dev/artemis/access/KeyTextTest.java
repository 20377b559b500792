package dev.artemis.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.shared.KeyId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {

    @Test
    void carriesItsIdAndMatchesWhatLeakScannersLookFor() {
        KeyId id = KeyId.random();

        KeyText key = KeyText.random(id);

        assertThat(key.reveal()).matches("art_[0-9A-Za-z]{71}");
        assertThat(KeyText.parse(key.reveal()).orElseThrow().id()).isEqualTo(id);
        assertThat(KeyText.parse(key.reveal()).orElseThrow().hash()).isEqualTo(key.hash());
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"})
    void carriesTheLeastAndTheGreatestId(String text) {
        KeyId id = new KeyId(UUID.fromString(text));

        assertThat(KeyText.parse(KeyText.random(id).reveal()).orElseThrow().id())
                .isEqualTo(id);
    }

    @Test
    void tellsEachTypingErrorByItself() {
        String good = KeyText.random(KeyId.random()).reveal();

        for (int place = 0; place < good.length(); place++) {
            char wrong = good.charAt(place) == 'x' ? 'y' : 'x';
            String mistyped = good.substring(0, place) + wrong + good.substring(place + 1);
            assertThat(KeyText.parse(mistyped)).as(mistyped).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "art_", "art_nobody", "sk-0123456789", "art_ééé"})
    void isNoKey(String text) {
        assertThat(KeyText.parse(text)).isEmpty();
    }

    @Test
    void neverPrintsItsSecret() {
        KeyText key = KeyText.random(KeyId.random());

        assertThat(key.toString()).doesNotContain(key.reveal().substring(30));
        assertThat(new IssuedKey<>("named", key.reveal()).toString()).doesNotContain(key.reveal());
    }

    @Test
    void isNewEachTime() {
        KeyId id = KeyId.random();

        assertThat(KeyText.random(id).reveal()).isNotEqualTo(KeyText.random(id).reveal());
    }
}
