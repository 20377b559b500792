package dev.artemis.sandbox;

import java.util.List;

/** Linux's names of signals (signal(7), x86 and ARM). */
final class Signals {

    private static final List<String> NAMES = List.of(
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
            "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
            "WINCH", "IO", "PWR", "SYS");

    private Signals() {}

    static String name(int number) {
        return number <= NAMES.size() ? "SIG" + NAMES.get(number - 1) : "SIGRT" + (number - 32);
    }
}
