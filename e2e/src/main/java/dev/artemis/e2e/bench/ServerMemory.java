package dev.artemis.e2e.bench;

import dev.artemis.e2e.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server's Java machine holds, asked of it with the JDK's own tool. */
record ServerMemory(long pid) {

    /** G1 and the serial collector write it differently; the first number of kilobytes in use is the whole heap, or its part. */
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    /** The launcher becomes the server, so its process is the server's. */
    static ServerMemory of(Instance instance) {
        return new ServerMemory(instance.process().pid());
    }

    /** In use after a full collection, MiB. */
    double heapMib() {
        jcmd("GC.run");
        Matcher used = USED.matcher(jcmd("GC.heap_info").replaceAll("(?m)^\\s*Metaspace.*|^\\s*class space.*", ""));
        long kib = 0;
        while (used.find()) {
            kib += Long.parseLong(used.group(1));
        }
        return kib / 1024.0;
    }

    /** Of the machine's memory, MiB. */
    double residentMib() {
        try {
            Matcher resident = RESIDENT.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
            return resident.find() ? Long.parseLong(resident.group(1)) / 1024.0 : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String jcmd(String command) {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process process = new ProcessBuilder(tool.toString(), Long.toString(pid), command)
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
