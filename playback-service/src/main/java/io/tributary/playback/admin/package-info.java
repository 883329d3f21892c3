/** The operators' door: titles and accounts. */
@NullMarked
package io.tributary.playback.admin;

import org.jspecify.annotations.NullMarked;
