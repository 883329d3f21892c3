/** What has been fetched and not yet played, and what that means for the viewer. Pure. */
@NullMarked
package io.tributary.client.buffer;

import org.jspecify.annotations.NullMarked;
