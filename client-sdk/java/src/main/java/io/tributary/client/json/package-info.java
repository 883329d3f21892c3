/** A small strict JSON reader and writer for answers from a server that may be hostile. */
@NullMarked
package io.tributary.client.json;

import org.jspecify.annotations.NullMarked;
