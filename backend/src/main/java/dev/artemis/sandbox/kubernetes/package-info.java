/**
 * Runs as Kubernetes Jobs, from Kubernetes 1.20 to today's.
 *
 * <p>Words: a run's <em>objects</em> are one Job and the Secrets that hold its <em>input</em>; the {@link
 * dev.artemis.sandbox.kubernetes.RunFollower} of a run starts it, reads its pod's log and tells its end; the {@link
 * dev.artemis.sandbox.kubernetes.ClusterWatch} keeps a picture of all Jobs and pods; a {@link dev.artemis.sandbox.kubernetes.Sight} is what
 * that picture says about one run.
 *
 * <p>Invariants: the name of a Job is made of run and attempt, so a repeat finds what is there and adopts it; only the pod that was
 * seen first can end a run; the input is deleted once that pod runs, so that a pod which the Job makes again has nothing to run;
 * a Job stays until it is forgotten; the key of the final record's MAC lies in the Job only, so that any instance can go on.
 *
 * <p>Does not: queue, retry, or decide how many runs there may be. The namespace's quota is only the last net.
 */
@NullMarked
package dev.artemis.sandbox.kubernetes;

import org.jspecify.annotations.NullMarked;
