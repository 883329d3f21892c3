/** Accounts and which titles they may play. */
@NullMarked
package io.tributary.playback.entitlement;

import org.jspecify.annotations.NullMarked;
