/** Which rendition to fetch next, from measured throughput and the buffer. Pure. */
@NullMarked
package io.tributary.client.abr;

import org.jspecify.annotations.NullMarked;
