/** The port through which every request leaves; adapters below it know an HTTP stack. */
@NullMarked
package io.tributary.client.transport;

import org.jspecify.annotations.NullMarked;
