/** A small real Cassandra as a process of its own. */
@NullMarked
package io.tributary.cassandra.process;

import org.jspecify.annotations.NullMarked;
