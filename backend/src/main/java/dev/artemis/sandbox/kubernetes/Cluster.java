package dev.artemis.sandbox.kubernetes;

/**
 * What building a run's objects must know of a cluster.
 *
 * @param minor of version 1.minor
 * @param runnerName ConfigMap that holds the runner
 * @param architecture that the runner was built for, as nodes are labelled
 * @param userNamespaces whether pods get users of their own
 */
record Cluster(int minor, String runnerName, String architecture, boolean userNamespaces) {

    Cluster withUserNamespaces(boolean own) {
        return new Cluster(minor, runnerName, architecture, own);
    }

    /** From 1.22 on, an emptyDir in memory is a file system of its sizeLimit; before, only the eviction manager looks now and then. */
    boolean sizesMemoryVolumes() {
        return minor >= 22;
    }
}
