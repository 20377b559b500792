package dev.artemis.mail;

import java.util.Optional;

/** Knows who reads at an address. */
public interface Readers {

    /** In which language they read; empty where nobody said. */
    Optional<Tongue> tongueOf(String address);
}
