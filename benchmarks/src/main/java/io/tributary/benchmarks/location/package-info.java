/** What it costs to find where a client is. */
@NullMarked
package io.tributary.benchmarks.location;

import org.jspecify.annotations.NullMarked;
