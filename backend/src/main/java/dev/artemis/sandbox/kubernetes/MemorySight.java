package dev.artemis.sandbox.kubernetes;

/** What a trial found of whom the kernel ends in a pod when one of its processes is killed for memory; see ADR-0078. */
enum MemorySight {
    /** Nobody looked, or the node has cgroup v1, where it is the one process. */
    UNKNOWN,
    /** That process. */
    ONE,
    /** All of its container, the runner too: the kubelet's way on cgroup v2, from 1.28 on, where it was not told otherwise. */
    ALL;

    /** In the words of the pod that tries. */
    static MemorySight of(String said) {
        if (said.lines().anyMatch("memory all"::equals)) {
            return ALL;
        }
        return said.lines().anyMatch("memory one"::equals) ? ONE : UNKNOWN;
    }
}
