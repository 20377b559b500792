package dev.artemis.e2e;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Submits code by the API and waits for its end. */
public final class Runs {

    /** The smallest program: it prints "hello" and a line feed. */
    public static final String PRINT_HELLO = """
            {"language": "python", "code": "print(\\"hello\\")", "stage": "testing"}""";

    private static final Set<String> UNENDED = Set.of("QUEUED", "SUBMITTING", "RUNNING");
    private static final int WAITS = 3; // of a minute each

    private Runs() {}

    /** The run as it ended; the server itself holds the answer back until then. */
    public static JsonNode await(Api api, String submission) {
        return awaitEnd(api, api.post("runs", submission).expect(202).header("Location"));
    }

    /** The same of a run that was submitted before; its location is what the answer to that said. */
    public static JsonNode awaitEnd(Api api, String location) {
        JsonNode run = api.get(location + "?wait_seconds=60").expect(200).json();
        for (int wait = 1; wait < WAITS && UNENDED.contains(run.get("status").asString()); wait++) {
            run = api.get(location + "?wait_seconds=60").expect(200).json();
        }
        return run;
    }
}
