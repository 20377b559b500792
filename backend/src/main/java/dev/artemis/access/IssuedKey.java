package dev.artemis.access;

/**
 * A key that was just made or rotated, with its secret: the only time it is seen.
 *
 * @param secret to be shown once, never logged or kept
 */
public record IssuedKey<K>(K key, String secret) {

    @Override
    public String toString() {
        return "IssuedKey[" + key + "]";
    }
}
