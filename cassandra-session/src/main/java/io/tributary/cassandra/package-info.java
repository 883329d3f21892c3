/** A Cassandra session that may not be there yet, and the versioned schema behind it. */
@NullMarked
package io.tributary.cassandra;

import org.jspecify.annotations.NullMarked;
