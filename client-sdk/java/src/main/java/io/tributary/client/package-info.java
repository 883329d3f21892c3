/**
 * Plays titles of a Tributary fleet: begin with {@link io.tributary.client.TributaryClient}.
 *
 * <p>Sub-packages hold one concern each; those marked pure know neither clock nor network.
 */
@NullMarked
package io.tributary.client;

import org.jspecify.annotations.NullMarked;
