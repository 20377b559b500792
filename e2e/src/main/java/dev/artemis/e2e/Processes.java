package dev.artemis.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds processes by the folder they work on, as Linux's /proc tells. */
final class Processes {

    private Processes() {}

    /** Those whose command line, working folder or settings name the folder; without this very process. */
    static List<ProcessHandle> of(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> worksOn(process, folder))
                .toList();
    }

    private static boolean worksOn(ProcessHandle process, Path folder) {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        try {
            return text(proc.resolve("cmdline")).contains(folder.toString())
                    || text(proc.resolve("environ")).contains("ARTEMIS_HOME=" + folder)
                    || Files.readSymbolicLink(proc.resolve("cwd")).startsWith(folder);
        } catch (IOException e) {
            return false; // it ended meanwhile, or belongs to somebody else
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
