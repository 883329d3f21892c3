/** Whose request it is: what the edge finds out once, for everyone behind it. */
@NullMarked
package io.tributary.gateway.identity;

import org.jspecify.annotations.NullMarked;
