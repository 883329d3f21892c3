/** An S3 server over a folder, a process of its own. */
@NullMarked
package io.tributary.fleet.objectstore;

import org.jspecify.annotations.NullMarked;
