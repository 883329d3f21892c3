/** What it costs to find where a client is, and to decide where it should go. */
@NullMarked
package io.tributary.benchmarks.steering;

import org.jspecify.annotations.NullMarked;
