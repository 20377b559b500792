package dev.artemis.shared;

/** The key that a request came with, for answers that go on for long: it may be revoked meanwhile. */
@FunctionalInterface
public interface Credential {

    /** Whether it still lets anybody in; a revocation is heard within a second. */
    boolean isGood();
}
