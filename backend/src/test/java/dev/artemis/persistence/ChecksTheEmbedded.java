package dev.artemis.persistence;

import dev.artemis.configuration.Finding;
import java.nio.file.Path;
import org.springframework.mock.env.MockEnvironment;

/** A program of its own that prints what the check finds of an embedded database in the home folder it is given. */
final class ChecksTheEmbedded {

    private ChecksTheEmbedded() {}

    public static void main(String... arguments) {
        System.out.println(in(Path.of(arguments[0])));
    }

    static Finding in(Path home) {
        var environment = new MockEnvironment()
                .withProperty("artemis.database.url", "embedded")
                .withProperty("artemis.database.home", home.toString());
        return new DatabaseCheck(environment).findings().getFirst();
    }
}
