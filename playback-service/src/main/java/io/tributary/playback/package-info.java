@NullMarked
package io.tributary.playback;

import org.jspecify.annotations.NullMarked;
