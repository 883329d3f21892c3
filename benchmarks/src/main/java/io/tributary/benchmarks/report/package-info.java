/** Rounds, what they say against a bar, and the page that tells it. */
@NullMarked
package io.tributary.benchmarks.report;

import org.jspecify.annotations.NullMarked;
