/** Serves segments over HTTP/1.1 from the store's index to holders of media tokens. */
@NullMarked
package io.tributary.oca.serve;

import org.jspecify.annotations.NullMarked;
