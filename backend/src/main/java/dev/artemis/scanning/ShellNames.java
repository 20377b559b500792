package dev.artemis.scanning;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Commands by what they do. */
final class ShellNames {

    static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "zsh", "ksh", "ash", "busybox");

    static final Pattern PYTHON = Pattern.compile("python[23]?(\\.[0-9]+)?");

    private static final Set<String> INTERPRETERS = Set.of("python", "python3", "perl", "ruby", "node", "php");

    /** What runs what it is given. */
    static final Set<String> RUNNING = running();

    /** Words before a command that change nothing of what it is. */
    static final Set<String> TRANSPARENT =
            Set.of("builtin", "then", "do", "else", "!", "{", "if", "while", "until", "elif", "coproc");

    /** Commands that run the command behind them, with the letters of their options that take the next word. */
    static final Map<String, String> WRAPPING = Map.ofEntries(
            Map.entry("chrt", "TPD"),
            Map.entry("command", ""),
            Map.entry("env", "uC"),
            Map.entry("exec", "a"),
            Map.entry("flock", "wE"),
            Map.entry("ionice", "cnp"),
            Map.entry("ltrace", "oepsuE"),
            Map.entry("nice", "n"),
            Map.entry("nohup", ""),
            Map.entry("parallel", "jaSN"),
            Map.entry("setsid", ""),
            Map.entry("stdbuf", "ioe"),
            Map.entry("strace", "oepsuE"),
            Map.entry("taskset", ""),
            Map.entry("time", "fo"),
            Map.entry("timeout", "ks"),
            Map.entry("watch", "n"),
            Map.entry("xargs", "IdaEsnPL"));

    static final Set<String> RISING = Set.of(
            "sudo",
            "su",
            "doas",
            "pkexec",
            "runuser",
            "capsh",
            "systemd-run",
            "chroot",
            "nsenter",
            "unshare",
            "mount",
            "umount",
            "insmod",
            "modprobe",
            "setcap");

    /** What they print is not what they are given. */
    static final Set<String> DECODERS = Set.of(
            "base64",
            "base32",
            "basenc",
            "xxd",
            "openssl",
            "gunzip",
            "gzip",
            "zcat",
            "bzip2",
            "bzcat",
            "xz",
            "xzcat",
            "zstd",
            "zstdcat",
            "uudecode",
            "rev",
            "tr");

    static final Set<String> FETCHERS = Set.of("curl", "wget", "nc", "ncat", "socat", "telnet");

    /** With which a shell talks, once it is piped into them. */
    static final Set<String> LINES = Set.of("nc", "ncat", "socat", "telnet");

    /** What takes a device as its argument to write on it. */
    static final Set<String> OF_DEVICES =
            Set.of("shred", "wipefs", "mkswap", "fdisk", "sfdisk", "parted", "blkdiscard", "badblocks");

    /** What takes assignments as its arguments. */
    static final Set<String> ASSIGNING = Set.of("export", "declare", "typeset", "readonly", "local");

    /** With which {@code find} runs the words behind it. */
    static final Set<String> FINDS_AND_RUNS = Set.of("-exec", "-execdir", "-ok", "-okdir");

    private ShellNames() {}

    private static Set<String> running() {
        Set<String> running = new HashSet<>(SHELLS);
        running.addAll(INTERPRETERS);
        running.addAll(Set.of("source", ".", "eval"));
        return Set.copyOf(running);
    }

    /** Without the folders before it. */
    static String base(String word) {
        return word.substring(word.lastIndexOf('/') + 1);
    }
}
