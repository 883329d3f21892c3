/** One decision from what is known now; every face of steering asks here. */
@NullMarked
package io.tributary.steering.brain;

import org.jspecify.annotations.NullMarked;
