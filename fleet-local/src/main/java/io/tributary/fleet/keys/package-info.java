/** The keys and certificates of a local fleet, made once. */
@NullMarked
package io.tributary.fleet.keys;

import org.jspecify.annotations.NullMarked;
