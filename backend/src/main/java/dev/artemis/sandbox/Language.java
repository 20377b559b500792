package dev.artemis.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A language that runs can be written in. The next one is one more line here, its interpreter in the sandbox image, and a scanner if there is one.
 *
 * @param id as in the API
 * @param fileName under which the code lies in the work folder
 * @param command that runs it, the first an absolute path
 * @param env set unless the run sets it
 */
public record Language(String id, String fileName, List<String> command, Map<String, String> env) {

    /** Unbuffered, so that output is live and none is lost when the program is killed. */
    public static final Language PYTHON = new Language(
            "python",
            "main.py",
            List.of("/usr/bin/python3", "main.py"),
            Map.of("PYTHONUNBUFFERED", "1", "PYTHONDONTWRITEBYTECODE", "1", "PYTHONUTF8", "1"));

    public static final Language SHELL = new Language("shell", "main.sh", List.of("/bin/bash", "main.sh"), Map.of());

    private static final List<Language> ALL = List.of(PYTHON, SHELL);

    public Language {
        command = List.copyOf(command);
        env = Map.copyOf(env);
    }

    /** The language of that id, if we have it. */
    public static Optional<Language> named(String id) {
        return ALL.stream().filter(language -> language.id.equals(id)).findFirst();
    }

    /** All languages, in the order of the page. */
    public static List<Language> all() {
        return ALL;
    }
}
