/** The adapter over {@code HttpURLConnection}, which the JDK and Android both have. */
@NullMarked
package io.tributary.client.transport.urlconnection;

import org.jspecify.annotations.NullMarked;
