/**
 * The embedded default: each run in its own bubblewrap sandbox on this machine, in its own cgroups where they can be written, under a
 * user id of its own where the server is root.
 *
 * <p>Words: the <em>launcher</em> and the <em>runner</em> are the two parts of artemis-runner (docs/protocol.md); the
 * launcher outlives the server, if only by a second, and cleans up.
 *
 * <p>Invariants: no run without namespaces and system call filter; when a run is over no process, mount, cgroup or file of it is left; what
 * a killed server left is swept by the next.
 *
 * <p>Does not: survive the server (its runs die with it, the supervisor finds them gone), or hold more runs than it is given.
 */
@NullMarked
package dev.artemis.sandbox.local;

import org.jspecify.annotations.NullMarked;
