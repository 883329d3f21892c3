/** Why a decision came out as it did: its record, and the same order computed again from it. */
@NullMarked
package io.tributary.steering.explain;

import org.jspecify.annotations.NullMarked;
