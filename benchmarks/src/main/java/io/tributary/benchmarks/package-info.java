/** The words after {@code ./tributary bench}. */
@NullMarked
package io.tributary.benchmarks;

import org.jspecify.annotations.NullMarked;
