/**
 * Several instances on one database and one cluster, while parts of it die.
 *
 * <p>Words: a <em>road</em> leads to the cluster's API server and can be blocked; a <em>witness</em> looks at the cluster
 * directly and remembers what ran.
 */
@NullMarked
package dev.artemis.e2e.faults;

import org.jspecify.annotations.NullMarked;
