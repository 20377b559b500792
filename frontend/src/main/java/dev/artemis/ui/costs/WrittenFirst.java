package dev.artemis.ui.costs;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is written whole before its first byte is sent: who reads slowly holds no connection to the database. */
final class WrittenFirst {

    private WrittenFirst() {}

    /** Writes the file. */
    @FunctionalInterface
    interface Writing {
        void to(OutputStream file) throws IOException;
    }

    /** Writes into a file of its own, then sends that; where the writing fails nothing is sent. */
    static void send(OutputStream to, Writing writing) throws IOException {
        Path file = Files.createTempFile("artemis-costs-", ".csv");
        try {
            try (OutputStream written = new BufferedOutputStream(Files.newOutputStream(file))) {
                writing.to(written);
            }
            Files.copy(file, to);
        } finally {
            Files.delete(file);
        }
    }
}
