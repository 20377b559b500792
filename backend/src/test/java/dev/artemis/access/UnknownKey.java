package dev.artemis.access;

import dev.artemis.shared.KeyId;

/** A key that is well formed and was never given out. */
public final class UnknownKey {

    private UnknownKey() {}

    public static String next() {
        return KeyText.random(KeyId.random()).reveal();
    }
}
