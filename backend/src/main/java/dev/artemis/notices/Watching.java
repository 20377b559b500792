package dev.artemis.notices;

/** Ends a watch when closed. Closing twice is harmless. */
@FunctionalInterface
public interface Watching extends AutoCloseable {

    @Override
    void close();
}
