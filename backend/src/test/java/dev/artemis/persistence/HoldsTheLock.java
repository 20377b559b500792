package dev.artemis.persistence;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Another program, for tests: holds the lock on a file until its input ends. */
final class HoldsTheLock {

    private HoldsTheLock() {}

    public static void main(String[] arguments) throws Exception {
        try (FileChannel channel =
                        FileChannel.open(Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            System.out.println(lock.isValid());
            System.in.transferTo(System.out);
        }
    }
}
