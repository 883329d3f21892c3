/** Fetching files from nodes: deadlines, resuming on the next node, and hash checks. */
@NullMarked
package io.tributary.client.loading;

import org.jspecify.annotations.NullMarked;
