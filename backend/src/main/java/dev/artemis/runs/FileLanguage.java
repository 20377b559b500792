package dev.artemis.runs;

import dev.artemis.sandbox.SandboxFile;
import dev.artemis.shared.Language;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Which code a file beside a run's holds, as far as an interpreter would take it for some. */
final class FileLanguage {

    /** Code that nobody can look at, by the end of its file's name. */
    private static final List<String> COMPILED = List.of(".pyc", ".pyo", ".so", ".pth");

    /** What Python loads from an archive that it finds on its path, and what it loads from a folder. */
    private static final List<String> IN_ARCHIVES = List.of(".py", ".pyc", ".pyo", ".pyw", ".so", ".pth");

    private static final int MOST_FIRST_LINE = 256;

    private static final int ENTRY_BYTES = 46;
    private static final int ENTRY_NAME_LENGTH = 28;

    private FileLanguage() {}

    /** By its name, or by the interpreter that its first line names. */
    static Optional<Language> of(SandboxFile file) {
        return language(marks -> marks.named(file.path())).or(() -> {
            String interpreter = interpreter(file.content());
            return language(marks -> marks.runBy(interpreter));
        });
    }

    private static Optional<Language> language(Predicate<Language.Marks> fits) {
        return Language.all().stream()
                .filter(language -> fits.test(language.marks()))
                .findFirst();
    }

    /** Whether it is code that nobody can look at: compiled, or packed into an archive. */
    static boolean isHidden(SandboxFile file) {
        return COMPILED.stream().anyMatch(file.path()::endsWith) || isArchiveOfCode(file.content());
    }

    /** The program that a first line names, without its folders; behind env, the first word that is no option. */
    private static String interpreter(byte[] content) {
        if (content.length < 2 || content[0] != '#' || content[1] != '!') {
            return "";
        }
        String first = new String(
                        content, 2, Math.min(content.length, MOST_FIRST_LINE) - 2, StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse("")
                .strip();
        String[] words = first.split("\\s+");
        String program = name(words[0]);
        if (!program.equals("env")) {
            return program;
        }
        for (int i = 1; i < words.length; i++) {
            if (!words[i].startsWith("-") && !words[i].contains("=")) {
                return name(words[i]);
            }
        }
        return "";
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * Whether the directory of a ZIP archive, which stands at its end and makes any file one whatever its name, tells of
     * code. Read entry by entry wherever one may begin, since a file can hold more than its own archive says.
     */
    private static boolean isArchiveOfCode(byte[] content) {
        for (int at = 0; at + ENTRY_BYTES <= content.length; at++) {
            if (content[at] == 'P' && content[at + 1] == 'K' && content[at + 2] == 1 && content[at + 3] == 2) {
                int length =
                        (content[at + ENTRY_NAME_LENGTH] & 0xff) | (content[at + ENTRY_NAME_LENGTH + 1] & 0xff) << 8;
                int known = Math.min(length, content.length - at - ENTRY_BYTES);
                String name = new String(content, at + ENTRY_BYTES, known, StandardCharsets.ISO_8859_1)
                        .toLowerCase(Locale.ROOT);
                if (IN_ARCHIVES.stream().anyMatch(name::endsWith)) {
                    return true;
                }
            }
        }
        return false;
    }
}
