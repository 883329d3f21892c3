/** What this node holds: packages on disk, and the index that alone decides what is served. */
@NullMarked
package io.tributary.oca.store;

import org.jspecify.annotations.NullMarked;
