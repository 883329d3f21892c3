/** What the README shows, so that it compiles and runs. */
@NullMarked
package io.tributary.client.example;

import org.jspecify.annotations.NullMarked;
