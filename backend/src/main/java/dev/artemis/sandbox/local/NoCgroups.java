package dev.artemis.sandbox.local;

import dev.artemis.sandbox.Limits;
import java.util.List;

/** Where no cgroup can be written: the runner holds by resource limits and by sampling. */
final class NoCgroups implements Cgroups {

    static final String CPU_TIME_LACKS =
            "CPU time of one process is held, of all together it is sampled: processes that begin and end between two"
                    + " samples, unseen by their parent, pass the limit";

    @Override
    public Held hold(String name, Limits limits, long overheadBytes) {
        return Held.NOTHING;
    }

    @Override
    public Measured measured(String name) {
        return Measured.NOTHING;
    }

    @Override
    public void release(String name) {}

    @Override
    public boolean holdMemory() {
        return false;
    }

    @Override
    public List<String> holds() {
        return List.of(
                "memory, by the runner: address space per process, and all together, with files in memory, sampled 20 times a second",
                "processes, by the runner: a resource limit of the run's user namespace");
    }

    @Override
    public List<String> lacks() {
        return List.of(
                "no writable cgroup: memory may be passed for up to 50 ms, CPU is not shared out; run the server as root or delegate it a cgroup"
                        + " (systemd: Delegate=yes)",
                "what programs leave in the buffers of sockets is memory that nobody counts, up to the kernel's bound for each",
                CPU_TIME_LACKS);
    }

    @Override
    public void close() {}
}
