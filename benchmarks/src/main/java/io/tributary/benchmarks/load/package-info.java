/** Asks a server over HTTP, and tells what it cost. */
@NullMarked
package io.tributary.benchmarks.load;

import org.jspecify.annotations.NullMarked;
