package dev.artemis.exports;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Work on a thread that nobody interrupts. An answer whose client has gone interrupts the thread that writes it, and a
 * connection to the database is closed for good when its thread is interrupted: each broken download took some with it.
 */
final class Undisturbed {

    private Undisturbed() {}

    /** Runs it, and waits for its end, whatever happens meanwhile; what it throws is thrown here. */
    static void run(Runnable work) {
        var done = new CompletableFuture<Boolean>();
        Thread.ofVirtual().name("export").start(() -> {
            try {
                work.run();
                done.complete(true);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        try {
            done.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw e;
            }
        }
    }
}
