package dev.artemis.sandbox.runner;

import dev.artemis.sandbox.Limits;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxFile;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.shared.Language;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A job as the runner reads it (docs/protocol.md).
 *
 * @param nonce left out where it travels in ARTEMIS_NONCE
 * @param workFolder absolute
 * @param memoryHeldBy who enforces the memory limit
 * @param diskHeldBy who enforces the disk limit
 * @param keptOutputBytes of each channel; what is above is told as dropped, up to the limit's multiple that ends a run
 * @param terminationFile where the final record is written too
 * @param folders below the work folder, made before the files; relative
 */
public record RunnerJob(
        RunRef run,
        SandboxSpec spec,
        Optional<Nonce> nonce,
        String workFolder,
        HeldBy memoryHeldBy,
        HeldBy diskHeldBy,
        long keptOutputBytes,
        Optional<String> terminationFile,
        List<String> folders) {

    /** Who enforces a limit. */
    public enum HeldBy {
        /** A cgroup, or a file system of that size. The runner only measures. */
        KERNEL,
        /** The runner, by resource limits and sampling. */
        RUNNER
    }

    private static final String HEAD = "artemis-job 1\n";

    private static final Map<String, String> ENV =
            Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "LANG", "C.UTF-8", "USER", "sandbox", "LOGNAME", "sandbox");

    /** The job's bytes. */
    public byte[] encode() {
        Fields job = new Fields();
        job.field("run", run.name());
        nonce.ifPresent(secret -> job.field("nonce", secret.hex()));
        spec.language().command().forEach(argument -> job.field("arg", argument));
        environment().forEach((name, value) -> job.field("env", name + "=" + value));
        job.field("cwd", workFolder);
        limits(job);
        terminationFile.ifPresent(path -> job.field("termination", path));
        folders.forEach(path -> job.field("folder", path));
        job.file(spec.language().fileName(), spec.code().getBytes(StandardCharsets.UTF_8));
        for (SandboxFile file : spec.files()) {
            job.file(file.path(), file.content());
        }
        job.field("stdin", spec.stdin());
        return job.end();
    }

    /**
     * The same job for one pod alone: a runner in any other refuses it.
     *
     * @param job encoded, or its first part
     * @param pod its id, 1 to 64 characters of ASCII
     */
    public static byte[] forPod(byte[] job, String pod) {
        byte[] head = Fields.ascii(HEAD);
        Fields bound = new Fields();
        bound.field("pod", pod);
        bound.bytes.write(job, head.length, job.length - head.length);
        return bound.bytes.toByteArray();
    }

    private Map<String, String> environment() {
        Language language = spec.language();
        Map<String, String> all = new TreeMap<>(ENV);
        all.put("HOME", workFolder);
        all.putAll(language.env());
        all.putAll(spec.env());
        return all;
    }

    private void limits(Fields job) {
        Limits limits = spec.limits();
        job.field("wall_ms", limits.wallTimeout().toMillis());
        job.field("cpu_ms", limits.cpuTime().toMillis());
        job.field("memory_bytes", limits.memoryBytes());
        job.field(
                "memory_by",
                switch (memoryHeldBy) {
                    case KERNEL -> "cgroup";
                    case RUNNER -> "runner";
                });
        job.field("file_size_bytes", limits.fileSizeBytes());
        job.field("disk_inodes", limits.inodes());
        job.field(
                "disk_bytes",
                switch (diskHeldBy) {
                    case KERNEL -> 0;
                    case RUNNER -> limits.diskBytes();
                });
        job.field("processes", limits.processes());
        job.field("open_files", limits.openFiles());
        job.field("output_bytes", limits.outputBytes());
        if (keptOutputBytes < limits.outputBytes()) {
            job.field("kept_bytes", keptOutputBytes);
        }
    }

    /** The framing: name, length, bytes. */
    private static final class Fields {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Fields() {
            bytes.writeBytes(ascii(HEAD));
        }

        void field(String name, long value) {
            field(name, Long.toString(value));
        }

        void field(String name, String value) {
            field(name, value.getBytes(StandardCharsets.UTF_8));
        }

        void field(String name, byte[] value) {
            bytes.writeBytes(ascii(name + " " + value.length + "\n"));
            bytes.writeBytes(value);
            bytes.write('\n');
        }

        void file(String path, byte[] content) {
            byte[] name = path.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(ascii("file " + (name.length + 1 + content.length) + "\n"));
            bytes.writeBytes(name);
            bytes.write(0);
            bytes.writeBytes(content);
            bytes.write('\n');
        }

        byte[] end() {
            bytes.writeBytes(ascii("end 0\n\n"));
            return bytes.toByteArray();
        }

        private static byte[] ascii(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
    }
}
