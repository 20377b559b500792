package dev.artemis.sandbox.docker;

import dev.artemis.sandbox.EndlessOutput;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Tag("docker")
@Isolated("other tests fill the same heap")
class EndlessOutputDockerTest {

    @Test
    void growsNothing() throws Exception {
        try (TestEngine engine = TestEngine.start();
                DockerSandbox sandbox = new DockerSandbox(engine.settings())) {
            new EndlessOutput(sandbox).growsNothing();
        }
    }
}
