package dev.artemis.shared;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A language that runs can be written in: all that the sandbox, the scanner and whoever recognises files know of it. The next one is
 * one more here and in {@link #all()}, with an image of its own or its package in the one that the others share (k8s/images/sandbox),
 * and a scanner if there is one: without, its code is not clean. See ADR-0064.
 *
 * @param id as in the API
 * @param fileName under which the code lies in the work folder
 * @param command that runs it, the first an absolute path
 * @param env set unless the run sets it
 * @param image that has the command, where runs are containers; an operator may name another
 * @param debianPackage that brings the command into the sandbox image
 * @param marks by which code of it is known in a file
 * @param scan how its code is looked at
 */
public record Language(
        String id,
        String fileName,
        List<String> command,
        Map<String, String> env,
        String image,
        String debianPackage,
        Marks marks,
        Scan scan) {

    /** Made by k8s/images/sandbox; the launcher makes it too. */
    private static final String SHARED_IMAGE = "artemis-sandbox:0.1.0";

    /** Unbuffered, so that output is live and none is lost when the program is killed. */
    public static final Language PYTHON = new Language(
            "python",
            "main.py",
            List.of("/usr/bin/python3", "main.py"),
            Map.of("PYTHONUNBUFFERED", "1", "PYTHONDONTWRITEBYTECODE", "1", "PYTHONUTF8", "1"),
            SHARED_IMAGE,
            "python3",
            new Marks(Set.of(".py", ".pyw"), Pattern.compile("(?:python|pypy)[0-9]{0,2}(?:\\.[0-9]{1,3})?")),
            Scan.PYTHON);

    public static final Language SHELL = new Language(
            "shell",
            "main.sh",
            List.of("/bin/bash", "main.sh"),
            Map.of(),
            SHARED_IMAGE,
            "bash",
            new Marks(Set.of(".sh", ".bash"), Pattern.compile("(?:|ba|da|z|k|a|rba)sh")),
            Scan.SHELL);

    private static final List<Language> ALL = List.of(PYTHON, SHELL);

    public Language {
        command = List.copyOf(command);
        env = Map.copyOf(env);
    }

    /**
     * What tells that a file holds code of a language.
     *
     * @param endings of its name, each with its dot
     * @param interpreters the programs, without their folders, that its first line may name
     */
    public record Marks(Set<String> endings, Pattern interpreters) {

        public Marks {
            endings = Set.copyOf(endings);
        }

        /** Whether a file's name has one of the endings. */
        public boolean named(String path) {
            return endings.stream().anyMatch(path::endsWith);
        }

        /** Whether a first line that names that program is one of ours. */
        public boolean runBy(String program) {
            return interpreters.matcher(program).matches();
        }
    }

    /** How code is looked at before it runs. */
    public enum Scan {
        PYTHON,
        SHELL,
        /** By nobody: a finding says so, and blocks unless the project excuses it. */
        NONE
    }

    /** A program of our own, which no run can ask for; whoever starts it says in which image. */
    public static Language ofOurOwn(String... command) {
        Marks none = new Marks(Set.of(), Pattern.compile("(?!)"));
        return new Language("probe", "probe", List.of(command), Map.of(), "", "", none, Scan.NONE);
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
