/** A cache node: the thin shell around serving, store, fill and heartbeat. */
@NullMarked
package io.tributary.oca;

import org.jspecify.annotations.NullMarked;
