package dev.artemis.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Java process holds on to: its heap right after a full collection. */
final class LiveHeap {

    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    private static final String JCMD =
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();

    private LiveHeap() {}

    /** In megabytes. */
    static double of(ProcessHandle process) {
        jcmd(process, "GC.run");
        Matcher used = USED.matcher(jcmd(process, "GC.heap_info"));
        if (!used.find()) {
            throw new IllegalStateException("jcmd says nothing of the heap");
        }
        return Long.parseLong(used.group(1)) / 1024.0;
    }

    private static String jcmd(ProcessHandle process, String command) {
        try {
            Process jcmd = new ProcessBuilder(JCMD, Long.toString(process.pid()), command)
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (jcmd.waitFor() != 0) {
                throw new IllegalStateException("jcmd failed: " + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while jcmd ran", e);
        }
    }
}
