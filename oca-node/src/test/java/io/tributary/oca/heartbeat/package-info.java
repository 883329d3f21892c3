@NullMarked
package io.tributary.oca.heartbeat;

import org.jspecify.annotations.NullMarked;
