/** The page at the public door's root. */
@NullMarked
package io.tributary.gateway.page;

import org.jspecify.annotations.NullMarked;
